/// \file
/// One connection: requests ahead of their answers, streams of lines, and all that can go wrong with them.

#include "scripted_server.hpp"

#include <berth/core/net/connection.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using net::steady_clock;
using words = std::vector<std::string>;

namespace {

auto soon() -> net::instant { return steady_clock::now() + std::chrono::seconds(5); }

auto asking(std::string const& path) -> std::string {
    return "GET " + path + " HTTP/1.1\r\nHost: here\r\n\r\n";
}

/// Answers every request with its first line.
auto echo(scripted::guest& g) -> void {
    for (auto r = g.request(); !r.empty(); r = g.request()) g.answer(200, r.substr(0, r.find('\r')));
}

} // namespace

TEST_CASE("requests that are sent ahead are answered in their order") {
    auto s = scripted::server(&echo);
    auto const where = s.where();
    auto c = net::connection(where, nullptr);
    REQUIRE(c.connect(soon()).empty());
    auto const requests = words{asking("/a"), asking("/b"), asking("/c")};
    auto const out = c.exchange(requests, soon());
    REQUIRE(out.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        REQUIRE(out[i].answer);
        CHECK(out[i].answer->status == 200);
        CHECK(out[i].answer->body == requests[i].substr(0, requests[i].find('\r')));
    }
    CHECK(c.is_usable());
    CHECK(c.is_fresh());
    CHECK(c.where().authority == where.authority);
}

TEST_CASE("a server that closes after an answer leaves the others unanswered, and says so") {
    auto s = scripted::server([](scripted::guest& g) {
        g.request();
        g.answer(200, "one", "Connection: close\r\n");
    });
    auto const where = s.where();
    auto c = net::connection(where, nullptr);
    REQUIRE(c.connect(soon()).empty());
    auto const out = c.exchange(words{asking("/a"), asking("/b")}, soon());
    REQUIRE(out[0].answer);
    CHECK(out[0].answer->body == "one");
    CHECK_FALSE(out[1].answer);
    CHECK(out[1].sent);
    CHECK(out[1].why == "the server closed the connection");
    CHECK_FALSE(c.is_usable());
}

TEST_CASE("an answer that does not come is given up at the deadline") {
    auto s = scripted::server([](scripted::guest& g) {
        while (!g.request().empty()) {}
    });
    auto const where = s.where();
    auto c = net::connection(where, nullptr);
    REQUIRE(c.connect(soon()).empty());
    auto const out = c.exchange(words{asking("/a")}, steady_clock::now() + std::chrono::milliseconds(30));
    CHECK_FALSE(out[0].answer);
    CHECK(out[0].sent);
    CHECK_FALSE(out[0].why.empty());
    CHECK_FALSE(c.is_usable());
}

TEST_CASE("nobody listens: there is no connection, and why") {
    auto where = net::endpoint();
    {
        auto s = scripted::server(&echo);
        where = s.where();
    }
    auto c = net::connection(where, nullptr);
    CHECK_FALSE(c.connect(soon()).empty());
}

TEST_CASE("a stream gives line by line, however they are cut") {
    auto s = scripted::server([](scripted::guest& g) {
        g.request();
        g.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        g.chunk("one\ntw");
        g.chunk("o\n");
        g.chunk("three\nrest");
        g.send("0\r\n\r\n");
    });
    auto const where = s.where();
    auto c = net::connection(where, nullptr);
    REQUIRE(c.connect(soon()).empty());
    auto const opened = c.open_stream(asking("/watch"), soon());
    REQUIRE(opened.answer);
    CHECK(opened.answer->status == 200);
    CHECK(c.next_line(soon()) == "one");
    CHECK(c.next_line(soon()) == "two");
    CHECK(c.next_line(soon()) == "three");
    CHECK_FALSE(c.next_line(soon()));
    CHECK(c.has_ended());
    CHECK(c.why_ended() == "the server ended the stream");
}

TEST_CASE("a stream that is refused is read whole") {
    auto s = scripted::server([](scripted::guest& g) {
        g.request();
        g.answer(410, "gone\nfor good");
    });
    auto const where = s.where();
    auto c = net::connection(where, nullptr);
    REQUIRE(c.connect(soon()).empty());
    auto const opened = c.open_stream(asking("/watch"), soon());
    REQUIRE(opened.answer);
    CHECK(opened.answer->status == 410);
    CHECK(opened.answer->body.starts_with("gone"));
    CHECK(opened.answer->body.ends_with("for good"));
}

TEST_CASE("whoever waits for a line can be woken") {
    auto s = scripted::server([](scripted::guest& g) {
        g.request();
        g.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        g.request(); // until the client goes
    });
    auto const where = s.where();
    auto c = net::connection(where, nullptr);
    REQUIRE(c.connect(soon()).empty());
    REQUIRE(c.open_stream(asking("/watch"), soon()).answer);
    auto const begin = steady_clock::now();
    auto waker = std::jthread([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        c.wake();
    });
    CHECK_FALSE(c.next_line(begin + std::chrono::seconds(60)));
    CHECK(steady_clock::now() < begin + std::chrono::seconds(30));
    CHECK_FALSE(c.has_ended());
}

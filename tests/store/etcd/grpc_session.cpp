/// \file
/// gRPC over HTTP/2 as bytes: what is sent, what is made of what comes, and what is not borne.

#include "http2.hpp"

#include <berth/store/etcd/grpc_session.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <string_view>

using namespace berth;
using store::detail::grpc_session;
using store::detail::percent_decoded;
namespace http2 = store::testing::http2;
using namespace std::string_view_literals;

namespace {

/// A session with a call under way, of which all has left.
struct calling {
    grpc_session session = grpc_session("http", "here:1");

    explicit calling(std::string const& message = "hello") {
        session.start({.method = "/a.B/C", .message = message, .token = "secret"});
        sent = flush();
        session.receive(http2::settings());
    }
    auto flush() -> std::string {
        auto const out = std::string(session.pending());
        session.sent(out.size());
        return out;
    }
    std::string sent{};
};

} // namespace

TEST_CASE("a call is a preface, a head and a message with its length", "[store][etcd]") {
    auto c = calling();
    CHECK(c.sent.starts_with("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    CHECK(c.sent.ends_with(http2::data(1, http2::grpc("hello"), http2::end_stream)));
    CHECK(c.session.was_sent());
    CHECK_FALSE(c.session.has_ended());
    auto stream = grpc_session("http", "here");
    stream.start({.method = "/a.B/C", .message = "x", .goes_on = true});
    CHECK(stream.pending().ends_with(http2::data(1, http2::grpc("x"))));
    CHECK_FALSE(stream.was_sent());
    stream.sent(stream.pending().size() - 1);
    CHECK_FALSE(stream.was_sent());
    stream.sent(1);
    CHECK(stream.was_sent());
}

TEST_CASE("an answer is its messages and its status, however it is divided", "[store][etcd]") {
    auto const answer = http2::headers(1, http2::good()) + http2::data(1, http2::grpc("one")) +
                        http2::data(1, http2::grpc("") + http2::grpc("three")) + http2::status(1, "0");
    for (std::size_t piece = 1; piece < answer.size(); piece += 7) {
        auto c = calling();
        for (std::size_t at = 0; at < answer.size(); at += piece)
            c.session.receive(std::string_view(answer).substr(at, piece));
        CHECK(c.session.take_message() == "one");
        CHECK(c.session.take_message() == "");
        CHECK(c.session.take_message() == "three");
        CHECK_FALSE(c.session.take_message());
        REQUIRE(c.session.has_ended());
        REQUIRE(c.session.status());
        CHECK(c.session.status()->code == 0);
        CHECK(c.session.is_usable());
    }
}

TEST_CASE("a refusal is told in the server's words", "[store][etcd]") {
    auto c = calling();
    auto const block = http2::good() + http2::header("grpc-status", "5") +
                       http2::header("grpc-message", "not%20found: 100%25, %zz%4");
    c.session.receive(http2::headers(1, block, http2::end_stream));
    REQUIRE(c.session.status());
    CHECK(c.session.status()->code == 5);
    CHECK(c.session.status()->message == "not found: 100%, %zz%4");
    CHECK(percent_decoded("%41%") == "A%");
    CHECK(percent_decoded("") == "");
}

TEST_CASE("calls follow one another on one connection", "[store][etcd]") {
    auto c = calling();
    c.session.receive(http2::headers(1, http2::good()) + http2::status(1, "0"));
    c.session.start({.method = "/a.B/C", .message = "again"});
    CHECK(c.flush().ends_with(http2::data(3, http2::grpc("again"), http2::end_stream)));
    // What comes for the one that is over concerns nobody.
    c.session.receive(http2::reset(1, 0) + http2::headers(3, http2::good()) +
                      http2::data(3, http2::grpc("yes")) + http2::status(3, "0"));
    CHECK(c.session.take_message() == "yes");
}

TEST_CASE("a call that ends before all of it has left leaves the connection good", "[store][etcd]") {
    auto c = calling(std::string(100'000, 'x')); // more than a server takes at once
    CHECK_FALSE(c.session.was_sent());
    c.session.receive(
        http2::headers(1, http2::good() + http2::header("grpc-status", "8"), http2::end_stream));
    CHECK(c.session.status()->code == 8);
    c.session.receive(http2::frame(8, 0, 0, http2::big_endian(1'000'000, 4))); // the next one has room
    CHECK(c.session.is_usable());
    c.session.start({.method = "/a.B/C", .message = "next"});
    auto const sent = c.flush();
    CHECK(sent.find(http2::reset(1, 0)) != sent.npos);
    CHECK(sent.ends_with(http2::data(3, http2::grpc("next"), http2::end_stream)));
}

TEST_CASE("what the server did not take on was not done", "[store][etcd]") {
    for (auto const& refusal : {http2::reset(1, 7), http2::go_away(0)}) {
        auto c = calling();
        c.session.receive(refusal);
        CHECK(c.session.has_ended());
        CHECK_FALSE(c.session.status());
        CHECK_FALSE(c.session.was_sent());
        CHECK_FALSE(c.session.why().empty());
    }
    auto c = calling();
    c.session.receive(http2::reset(1, 8));
    CHECK(c.session.was_sent()); // canceled: who knows
    auto last = calling();
    last.session.receive(http2::go_away(1)); // this one is still done
    CHECK_FALSE(last.session.has_ended());
    CHECK_FALSE(last.session.is_usable());
    last.session.receive(http2::headers(1, http2::good()) + http2::status(1, "0"));
    CHECK(last.session.status()->code == 0);
}

TEST_CASE("pings are answered, and windows opened as messages are read", "[store][etcd]") {
    auto c = calling();
    c.flush();
    c.session.receive(http2::ping("12345678"));
    CHECK(c.flush() == http2::frame(6, 1, 0, "12345678"));
    c.session.receive(http2::headers(1, http2::good()));
    auto const chunk = http2::data(1, std::string(16'384, '\0'));
    for (auto i = 0; i < 600; ++i) {
        c.session.receive(chunk);
        while (c.session.take_message()) {}
    }
    CHECK(c.flush().size() >= 2 * 13);
}

TEST_CASE("what is not gRPC is said to be none", "[store][etcd]") {
    auto const ended_by = [](std::string const& bytes) {
        auto c = calling();
        c.session.receive(bytes);
        c.flush();
        CHECK(c.session.has_ended());
        return c.session.status() ? std::to_string(c.session.status()->code) : c.session.why();
    };
    auto const begun = http2::headers(1, http2::good());
    CHECK(ended_by("HTTP/1.1 400 Bad Request\r\n\r\n") == "the server does not speak HTTP/2 as it should");
    CHECK(ended_by(http2::headers(1, "\x8d") + http2::data(1, "404 page not found", http2::end_stream)) ==
          "12");
    CHECK(ended_by(http2::headers(1, "\x8e", http2::end_stream)) == "14");
    CHECK(ended_by(begun + http2::status(1, "x")) == "2");
    CHECK(ended_by(begun + http2::data(1, http2::grpc("a"), http2::end_stream)) ==
          "the answer has no status");
    CHECK(ended_by(begun + http2::data(1, "\1\0\0\0\1a"sv)) ==
          "an answer is compressed, which nobody asked for");
    CHECK(ended_by(begun + http2::data(1, "\0\xff\xff\xff\xff"sv)) == "an answer is too long");
}

TEST_CASE("after the end of a connection there are no calls", "[store][etcd]") {
    auto c = calling();
    c.session.close("it was cut");
    CHECK(c.session.has_ended());
    CHECK(c.session.why() == "it was cut");
    CHECK_FALSE(c.session.is_usable());
    c.session.receive(http2::headers(1, http2::good()));
    c.session.start({.method = "/a.B/C", .message = "x"});
    CHECK(c.session.has_ended());
    CHECK_FALSE(c.session.was_sent());
}

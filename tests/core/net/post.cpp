/// \file
/// One POST: what is sent, what comes back, and in which words it fails.

#include "scripted_server.hpp"

#include <berth/core/net/post.hpp>

#include <catch2/catch_test_macros.hpp>

#include <latch>
#include <stop_token>
#include <thread>
#include <vector>

using namespace berth;

TEST_CASE("a body is posted to the path of the URL, and the answer comes back") {
    auto head = std::string();
    auto body = std::string();
    auto s = scripted::server([&](scripted::guest& g) {
        head = g.request();
        body = g.body(5);
        g.answer(201, "well");
    });
    auto const said = net::post({.url = s.where().url + "/a/b?timeout=1s", .dial = {}, .body = "hello"});
    REQUIRE(said);
    CHECK(said->status == 201);
    CHECK(said->body == "well");
    CHECK(head.starts_with("POST /a/b?timeout=1s HTTP/1.1\r\nHost: " + s.where().authority + "\r\n"));
    CHECK(head.find("Content-Type: application/json\r\nContent-Length: 5\r\n") != head.npos);
    CHECK(body == "hello");
}

TEST_CASE("another address than the URL's can be dialled; the URL's host is still who is meant") {
    auto head = std::string();
    auto s = scripted::server([&](scripted::guest& g) {
        head = g.request();
        g.answer(200, "");
    });
    auto const said = net::post({.url = "http://web.shop.svc:443/", .dial = s.where().authority, .body = ""});
    CHECK(said);
    CHECK(head.find("Host: web.shop.svc:443\r\n") != head.npos);
}

TEST_CASE("what goes wrong is told as Go's client tells it") {
    auto gone = std::string();
    {
        auto s = scripted::server([](scripted::guest&) {});
        gone = s.where().url;
    }
    auto const refused = net::post({.url = gone, .dial = {}, .body = ""});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == error_code::unavailable);
    CHECK(refused.error().message == "dial tcp " + gone.substr(7) + ": connect: connection refused");

    auto silent = scripted::server([](scripted::guest& g) {
        while (!g.request().empty()) {}
    });
    auto const late = net::post(
        {.url = silent.where().url, .dial = {}, .body = "", .authorities = {}, .patience = milliseconds(30)});
    REQUIRE_FALSE(late);
    CHECK(late.error().code == error_code::timeout);
    CHECK(late.error().message == "context deadline exceeded");
    CHECK(net::post({.url = "ftp://x", .dial = {}, .body = ""}).error().code == error_code::bad_request);
    CHECK(net::post({.url = "https://127.0.0.1:1", .dial = {}, .body = "", .authorities = "no certificate"})
              .error()
              .code == error_code::bad_request);
}

TEST_CASE("an answer that is longer than may be is none") {
    auto s = scripted::server([](scripted::guest& g) {
        g.request();
        g.answer(200, std::string(2000, 'x'));
    });
    auto q = net::post_request{.url = s.where().url, .dial = {}, .body = ""};
    q.most_bytes = 1000;
    CHECK(net::post(q).error().code == error_code::unavailable);
    q.most_bytes = 2000;
    CHECK(net::post(q));
}

TEST_CASE("interim answers are not the answer, and no more than a few of them are borne") {
    auto const after = [](int interim) {
        auto s = scripted::server([interim](scripted::guest& g) {
            g.request();
            for (auto i = 0; i < interim; ++i)
                g.send(i % 2 == 0 ? "HTTP/1.1 100 Continue\r\n\r\n"
                                  : "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
            g.answer(200, "well");
        });
        return net::post({.url = s.where().url, .dial = {}, .body = "b"});
    };
    for (auto const interim : {1, 2, 5}) {
        auto const said = after(interim);
        REQUIRE(said);
        CHECK(said->status == 200);
        CHECK(said->body == "well");
    }
    auto const flooded = after(6);
    REQUIRE_FALSE(flooded);
    CHECK(flooded.error().code == error_code::unavailable);
    CHECK(flooded.error().message.ends_with("too many 1xx informational responses"));
}

TEST_CASE("an answer that comes before all was sent is an answer") {
    auto s = scripted::server([](scripted::guest& g) {
        g.request();
        g.answer(413, "too much", "Connection: close\r\n");
        while (!g.body(1U << 16U).empty()) {}
    });
    auto const said = net::post({.url = s.where().url, .dial = {}, .body = std::string(16U << 20U, 'x')});
    REQUIRE(said);
    CHECK(said->status == 413);
}

TEST_CASE("many are posted at the same time, and each is answered in its place") {
    constexpr auto many = static_cast<int>(net::most_posts_at_once);
    auto there = std::latch(many);
    auto s = scripted::server([&](scripted::guest& g) {
        auto const head = g.request();
        if (head.empty()) return;
        if (head.find("/last ") == head.npos) there.arrive_and_wait(); // nobody is answered before all ask
        g.answer(200, head.substr(5, head.find(" HTTP") - 5));
    });
    auto all = std::vector<net::post_request>();
    for (auto i = 0; i < many; ++i)
        all.push_back({.url = s.where().url + "/" + std::to_string(i), .dial = {}, .body = ""});
    all.push_back({.url = "ftp://x", .dial = {}, .body = ""});
    all.push_back({.url = s.where().url + "/last", .dial = {}, .body = ""});
    auto const said = net::post_all(all);
    REQUIRE(said.size() == all.size());
    for (std::size_t i = 0; i < many; ++i) {
        REQUIRE(said[i]);
        CHECK(said[i]->body == "/" + std::to_string(i));
    }
    CHECK(said[many].error().code == error_code::bad_request);
    REQUIRE(said[many + 1]);
    CHECK(said[many + 1]->body == "/last");
    CHECK(net::post_all({}).empty());
}

TEST_CASE("a stop ends what is under way at once, and what would follow is not begun") {
    auto asked = std::latch(static_cast<std::ptrdiff_t>(net::most_posts_at_once));
    auto s = scripted::server([&](scripted::guest& g) {
        if (!g.request().empty()) asked.count_down();
        while (!g.request().empty()) {} // never answers
    });
    auto q = net::post_request{.url = s.where().url, .dial = {}, .body = ""};
    q.patience = minutes(60);
    auto const all = std::vector<net::post_request>(net::most_posts_at_once + 4, q);
    auto stop = std::stop_source();
    auto const stopper = std::jthread([&] {
        asked.wait();
        stop.request_stop();
    });
    for (auto const& said : net::post_all(all, stop.get_token())) {
        REQUIRE_FALSE(said);
        CHECK(said.error().code == error_code::unavailable);
        CHECK(said.error().message == "context canceled");
    }
    CHECK(s.guests() == static_cast<int>(net::most_posts_at_once));
    CHECK(net::post(q, stop.get_token()).error().message == "context canceled"); // before it begins
}

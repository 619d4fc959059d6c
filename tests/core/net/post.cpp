/// \file
/// One POST: what is sent, what comes back, and in which words it fails.

#include "scripted_server.hpp"

#include <berth/core/net/post.hpp>

#include <catch2/catch_test_macros.hpp>

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

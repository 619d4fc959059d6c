/// \file
/// Connections that are kept: used again while they are good, no more of them than may be.

#include "scripted_server.hpp"

#include <berth/core/net/pool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>

using namespace berth;
using net::steady_clock;

namespace {

auto soon() -> net::instant { return steady_clock::now() + std::chrono::seconds(5); }

/// Answers requests; says farewell when asked for `/bye`.
auto polite(scripted::guest& g) -> void {
    for (auto r = g.request(); !r.empty(); r = g.request()) {
        auto const bye = r.starts_with("GET /bye");
        g.answer(200, "yes", bye ? "Connection: close\r\n" : "");
        if (bye) return;
    }
}

auto ask(net::pool& p, std::string const& path) -> bool {
    auto [c, why] = p.take(0, soon());
    if (!c) return false;
    auto const request = "GET " + path + " HTTP/1.1\r\nHost: here\r\n\r\n";
    auto const out = c->exchange(std::span(&request, 1), soon());
    p.give_back(0, std::move(c));
    return out[0].answer.has_value();
}

} // namespace

TEST_CASE("a connection is used again, unless its server is done with it") {
    auto s = scripted::server(&polite);
    auto p = net::pool({s.where()}, nullptr, 4);
    CHECK(ask(p, "/a"));
    CHECK(ask(p, "/b"));
    CHECK(s.guests() == 1);
    CHECK(ask(p, "/bye"));
    CHECK(ask(p, "/c"));
    CHECK(s.guests() == 2);
}

TEST_CASE("there are no more connections than may be: others wait, or are told that they cannot") {
    auto s = scripted::server(&polite);
    auto p = net::pool({s.where()}, nullptr, 1);
    auto [first, why] = p.take(0, soon());
    REQUIRE(first);
    auto const [none, reason] = p.take(0, steady_clock::now() + std::chrono::milliseconds(20));
    CHECK_FALSE(none);
    CHECK(reason == "all connections are in use");
    auto served = false;
    auto later = std::jthread([&] { served = ask(p, "/a"); });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    p.give_back(0, std::move(first));
    later.join();
    CHECK(served);
}

TEST_CASE("a server that failed is asked last for a while") {
    auto s = scripted::server(&polite);
    auto p = net::pool({s.where(), s.where()}, nullptr, 2);
    CHECK(p.choose({false, false}) == 0);
    p.failed(0);
    CHECK(p.choose({false, false}) == 1);
    CHECK(p.choose({false, true}) == 0);
    CHECK_FALSE(p.choose({true, true}));
}

TEST_CASE("certificates are read when somebody wants TLS") {
    auto const plain = net::parse_endpoint("http://localhost", "80").value();
    auto const secure = net::parse_endpoint("https://localhost", "443").value();
    CHECK(net::make_tls({plain}, {.ca_file = "/nowhere/ca.pem"}).value() == nullptr);
    CHECK(net::make_tls({secure}, {}).value() != nullptr);
    auto const refused = net::make_tls({secure}, {.ca_file = "/nowhere/ca.pem"});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.find("/nowhere/ca.pem") != std::string::npos);
}

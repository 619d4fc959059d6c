/// \file
/// A connection to an etcd: calls, streams of answers, deadlines and what ends it.

#include "../../core/net/scripted_server.hpp"
#include "http2.hpp"
#include "messages.hpp"
#include "proxy.hpp"
#include "server.hpp"
#include "words.hpp"

#include <berth/store/etcd/decode.hpp>
#include <berth/store/etcd/grpc_connection.hpp>
#include <berth/store/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>

using namespace berth;
using namespace berth::store::testing;
using store::detail::grpc_connection;
namespace rpc = store::detail::rpc;

namespace {

auto put(std::string const& key, std::string const& value) -> std::string {
    auto out = std::string();
    store::detail::encode(out, put_of(key, value), store::text_codec{});
    return out;
}
auto get(std::string const& key) -> std::string {
    auto out = std::string();
    store::detail::encode(out, store::range_request{.key = key});
    return out;
}

} // namespace

TEST_CASE("calls are answered one after the other, small and large ones", "[store][etcd]") {
    auto server = etcd_server{};
    auto const where = net::parse_endpoint(server.url(), "2379").value();
    auto c = grpc_connection(where, nullptr);
    REQUIRE(c.connect(in(long_time)).empty());
    for (auto const size : {std::size_t{0}, std::size_t{10}, std::size_t{70'000}, std::size_t{1'400'000}}) {
        auto const value = std::string(size, 'x');
        auto const asked = put("a", value);
        auto const done = c.call({.method = rpc::put, .message = asked}, in(long_time));
        REQUIRE(done.status);
        CHECK(done.status->code == 0);
        CHECK(done.sent);
        auto const read = get("a");
        auto const found = c.call({.method = rpc::range, .message = read}, in(long_time));
        REQUIRE(found.status);
        auto const range = store::detail::decode_range(found.message).value();
        REQUIRE(range.pairs.size() == 1);
        CHECK(range.pairs[0].value == value);
    }
    auto const too_large = put("a", std::string(4'000'000, 'x'));
    auto const refused = c.call({.method = rpc::put, .message = too_large}, in(long_time));
    REQUIRE(refused.status);
    CHECK(refused.status->code != 0);
    CHECK(c.is_fresh());
    CHECK(c.call({.method = rpc::status}, in(long_time)).status->code == 0);
}

TEST_CASE("a call ends at its deadline, and its connection with it", "[store][etcd]") {
    auto server = etcd_server{};
    auto const where = net::parse_endpoint(server.url(), "2379").value();
    auto c = grpc_connection(where, nullptr);
    REQUIRE(c.connect(in(long_time)).empty());
    server.pause();
    auto const late = c.call({.method = rpc::status}, in(std::chrono::milliseconds(50)));
    CHECK_FALSE(late.status);
    CHECK(late.sent);
    CHECK(late.why == "no answer came in time");
    CHECK_FALSE(c.is_usable());
    server.resume();
}

TEST_CASE("an idle connection whose server has gone is not fresh", "[store][etcd]") {
    auto server = etcd_server{};
    auto proxy = tcp_proxy(server.port());
    auto const where = net::parse_endpoint(proxy.url(), "2379").value();
    auto c = grpc_connection(where, nullptr);
    REQUIRE(c.connect(in(long_time)).empty());
    REQUIRE(c.call({.method = rpc::status}, in(long_time)).status);
    CHECK(c.is_fresh());
    proxy.cut();
    for (auto const end = in(long_time); c.is_fresh() && net::steady_clock::now() < end;)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    CHECK_FALSE(c.is_fresh());
}

TEST_CASE("a stream tells its answers as they come, and how it ended", "[store][etcd]") {
    auto server = etcd_server{};
    auto writer = connected(server.url());
    auto proxy = tcp_proxy(server.port());
    auto const where = net::parse_endpoint(proxy.url(), "2379").value();
    auto c = std::make_unique<grpc_connection>(where, nullptr);
    REQUIRE(c->connect(in(long_time)).empty());
    auto const asked = store::detail::encode_watch({"a", {}}, 1, false, true);
    REQUIRE(c->open_stream({.method = rpc::watch, .message = asked, .goes_on = true}, in(long_time)));
    CHECK(c->next_message(in(long_time)));
    CHECK_FALSE(c->next_message(net::instant{}));
    REQUIRE(store::put(writer, "a", "1"));
    CHECK(c->next_message(in(long_time)));
    auto waker = std::jthread([&] { c->wake(); });
    CHECK_FALSE(c->next_message(in(std::chrono::minutes(1))));
    waker.join();
    CHECK_FALSE(c->has_ended());
    proxy.cut();
    CHECK_FALSE(c->next_message(in(long_time)));
    CHECK(c->has_ended());
    CHECK_FALSE(c->status());
    CHECK_FALSE(c->why_ended().empty());
}

TEST_CASE("a server that does not speak HTTP/2 is found out", "[store][etcd]") {
    auto old = scripted::server([](scripted::guest& g) {
        (void)g.request();
        g.answer(400, "what is this?");
        (void)g.request();
    });
    auto const where = old.where();
    auto c = grpc_connection(where, nullptr);
    REQUIRE(c.connect(in(long_time)).empty());
    auto const out = c.call({.method = rpc::status}, in(long_time));
    CHECK_FALSE(out.status);
    CHECK(out.why == "the server does not speak HTTP/2 as it should");
    CHECK_FALSE(c.is_usable());
}

TEST_CASE("an answer without a message is none", "[store][etcd]") {
    auto odd = scripted::server([](scripted::guest& g) {
        (void)g.request();
        g.send(http2::settings() + http2::headers(1, http2::good()) + http2::status(1, "0"));
        (void)g.request();
    });
    auto const where = odd.where();
    auto c = grpc_connection(where, nullptr);
    REQUIRE(c.connect(in(long_time)).empty());
    auto const out = c.call({.method = rpc::status}, in(long_time));
    CHECK_FALSE(out.status);
    CHECK(out.why == "the answer is empty");
    CHECK(out.sent);
}

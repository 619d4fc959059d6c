/// \file
/// Calls of etcd's gateway: which member is asked, what is asked again, and what an outcome means.

#include "proxy.hpp"
#include "server.hpp"

#include <berth/store/etcd/client.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace berth;
using namespace berth::store::testing;
using store::detail::effect;
using store::detail::etcd_call;
using store::detail::etcd_client;

namespace {

constexpr auto put_a = R"({"key":"YQ==","value":"MQ=="})";
constexpr auto get_a = R"({"key":"YQ=="})";

auto client_of(std::vector<std::string> const& urls, store::etcd_options const& options = {})
    -> std::unique_ptr<etcd_client> {
    auto members = std::vector<net::endpoint>{};
    for (auto const& url : urls) members.push_back(net::parse_endpoint(url, "2379").value());
    return std::make_unique<etcd_client>(std::move(members), nullptr, options);
}

auto soon() -> net::instant { return net::steady_clock::now() + std::chrono::seconds(5); }

} // namespace

TEST_CASE("calls are asked at the first member that answers", "[store][etcd]") {
    auto server = etcd_server{};
    auto const client = client_of({"http://127.0.0.1:1", server.url()});
    auto const put = client->ask(effect::write, "/v3/kv/put", put_a);
    REQUIRE(put);
    CHECK(put->find(R"("revision":"2")") != std::string::npos);
    auto const got = client->ask(effect::read, "/v3/kv/range", get_a);
    REQUIRE(got);
    CHECK(got->find(R"("value":"MQ==")") != std::string::npos);
    CHECK_FALSE(client->is_alive(0, soon()));
    CHECK(client->is_alive(1, soon()));
    auto const version = client->version();
    REQUIRE(version);
    CHECK(version->starts_with("3."));
    CHECK(client->get_version(1, soon()) == *version);
}

TEST_CASE("what etcd refuses is told as it means it, and not asked elsewhere", "[store][etcd]") {
    auto server = etcd_server{};
    auto const client = client_of({server.url()});
    CHECK(client->ask(effect::write, "/v3/kv/put", R"({"key":""})").error().code == error_code::bad_request);
    auto const future = client->ask(effect::read, "/v3/kv/range", R"({"key":"YQ==","revision":"99"})");
    REQUIRE_FALSE(future);
    CHECK(future.error().message.find("future revision") != std::string::npos);
    CHECK_FALSE(client->renew_token(0, soon())); // there is no user
    CHECK(client->log_in());
}

TEST_CASE("calls that are sent ahead are done in order, each with its own outcome", "[store][etcd]") {
    auto server = etcd_server{};
    auto const client = client_of({server.url()});
    auto const calls = std::vector<etcd_call>{{"/v3/kv/put", put_a},
                                              {"/v3/kv/put", R"({"key":""})"},
                                              {"/v3/kv/put", R"({"key":"Yg==","value":"Mg=="})"},
                                              {"/v3/kv/range", get_a}};
    auto const answers = client->ask(effect::write, calls);
    REQUIRE(answers.size() == 4);
    REQUIRE(answers[0]);
    CHECK(answers[0]->find(R"("revision":"2")") != std::string::npos);
    CHECK(answers[1].error().code == error_code::bad_request);
    REQUIRE(answers[2]);
    CHECK(answers[2]->find(R"("revision":"3")") != std::string::npos);
    REQUIRE(answers[3]);
    CHECK(answers[3]->find(R"("mod_revision":"2")") != std::string::npos);
}

TEST_CASE("a lost answer: a read is asked again elsewhere, a write is unknown", "[store][etcd]") {
    auto server = etcd_server{};
    auto proxy = tcp_proxy{server.port()};
    auto const client = client_of({proxy.url(), server.url()});
    REQUIRE(client->ask(effect::write, "/v3/kv/put", put_a));
    proxy.set(wire::loses_answers);
    SECTION("a read") { CHECK(client->ask(effect::read, "/v3/kv/range", get_a)); }
    SECTION("a write") {
        auto const lost = client->ask(effect::write, "/v3/kv/put", put_a);
        REQUIRE_FALSE(lost);
        CHECK(lost.error().code == error_code::timeout);
        auto const now = client->ask(effect::read, "/v3/kv/range", get_a);
        REQUIRE(now);
        CHECK(now->find(R"("version":"2")") != std::string::npos); // done once more, and only once
    }
}

TEST_CASE("nothing outlasts the deadline, and nobody at all is told by name", "[store][etcd]") {
    auto server = etcd_server{};
    auto proxy = tcp_proxy{server.port()};
    auto const client = client_of({proxy.url()}, {.deadline = milliseconds(200)});
    proxy.set(wire::silent);
    auto const read = client->ask(effect::read, "/v3/kv/range", get_a);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == error_code::unavailable);
    auto const nobody = client_of({"http://127.0.0.1:1"})->version();
    REQUIRE_FALSE(nobody);
    CHECK(nobody.error().message.find("127.0.0.1:1") != std::string::npos);
}

TEST_CASE("a stream is a connection of its own, or a refusal in etcd's words", "[store][etcd]") {
    auto server = etcd_server{};
    auto const client = client_of({server.url()});
    auto const watch = client->stream(0, "/v3/watch", R"({"create_request":{"key":"YQ=="}})", soon());
    REQUIRE(watch);
    auto const first = (*watch)->next_line(soon());
    REQUIRE(first);
    CHECK(first->find(R"("created":true)") != std::string::npos);
    REQUIRE(client->ask(effect::write, "/v3/kv/put", put_a));
    auto const second = (*watch)->next_line(soon());
    REQUIRE(second);
    CHECK(second->find(R"("mod_revision":"2")") != std::string::npos);
    CHECK_FALSE(client->stream(0, "/v3/nope", "{}", soon()));
}

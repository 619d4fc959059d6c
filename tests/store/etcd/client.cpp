/// \file
/// Calls of etcd: which member is asked, what is asked again, and what an outcome means.

#include "messages.hpp"
#include "proxy.hpp"
#include "server.hpp"
#include "words.hpp"

#include <berth/store/etcd/client.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace berth;
using namespace berth::store::testing;
using store::detail::effect;
using store::detail::etcd_call;
using store::detail::etcd_client;
namespace rpc = store::detail::rpc;

namespace {

auto const codec = store::text_codec{};

auto bytes_of(auto const&... parts) -> std::string {
    auto out = std::string{};
    store::detail::encode(out, parts...);
    return out;
}
auto put(std::string const& key, std::string const& value) -> std::string {
    return bytes_of(put_of(key, value), codec);
}
auto get(std::string const& key, store::revision_number at = 0) -> std::string {
    return bytes_of(store::range_request{.key = key, .revision = at});
}
auto const put_a = put("a", "1");
auto const get_a = get("a");

/// The pair that was found.
auto found(etcd_client::answer const& answer) -> store::detail::wire_pair {
    return store::detail::decode_range(answer.value()).value().pairs.at(0);
}
auto revision_of(etcd_client::answer const& answer) -> store::revision_number {
    return store::detail::decode_revision(answer.value()).value();
}

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
    CHECK(revision_of(client->ask(effect::write, rpc::put, put_a)) == 2);
    CHECK(found(client->ask(effect::read, rpc::range, get_a)).value == "1");
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
    CHECK(client->ask(effect::write, rpc::put, put("", "1")).error().code == error_code::bad_request);
    auto const future = client->ask(effect::read, rpc::range, get("a", 99));
    REQUIRE_FALSE(future);
    CHECK(future.error().message.find("future revision") != std::string::npos);
    CHECK_FALSE(client->renew_token(0, soon())); // there is no user
    CHECK(client->log_in());
}

TEST_CASE("calls that are asked at once are done in order, each with its own outcome", "[store][etcd]") {
    auto server = etcd_server{};
    auto const client = client_of({server.url()});
    auto const calls = std::vector<etcd_call>{
        {rpc::put, put_a}, {rpc::put, put("", "1")}, {rpc::put, put("b", "2")}, {rpc::range, get_a}};
    auto const answers = client->ask(effect::write, calls);
    REQUIRE(answers.size() == 4);
    CHECK(revision_of(answers[0]) == 2);
    CHECK(answers[1].error().code == error_code::bad_request);
    CHECK(revision_of(answers[2]) == 3);
    CHECK(found(answers[3]).numbers.mod == 2);
}

TEST_CASE("a lost answer: a read is asked again elsewhere, a write is unknown", "[store][etcd]") {
    auto server = etcd_server{};
    auto proxy = tcp_proxy{server.port()};
    auto const client = client_of({proxy.url(), server.url()});
    REQUIRE(client->ask(effect::write, rpc::put, put_a));
    proxy.set(wire::loses_answers);
    SECTION("a read") { CHECK(client->ask(effect::read, rpc::range, get_a)); }
    SECTION("a write") {
        auto const lost = client->ask(effect::write, rpc::put, put_a);
        REQUIRE_FALSE(lost);
        CHECK(lost.error().code == error_code::timeout);
        // Done once more, and only once.
        CHECK(found(client->ask(effect::read, rpc::range, get_a)).numbers.version == 2);
    }
}

TEST_CASE("nothing outlasts the deadline, and nobody at all is told by name", "[store][etcd]") {
    auto server = etcd_server{};
    auto proxy = tcp_proxy{server.port()};
    auto const client = client_of({proxy.url()}, {.deadline = milliseconds(200)});
    proxy.set(wire::silent);
    auto const read = client->ask(effect::read, rpc::range, get_a);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == error_code::unavailable);
    auto const nobody = client_of({"http://127.0.0.1:1"})->version();
    REQUIRE_FALSE(nobody);
    CHECK(nobody.error().message.find("127.0.0.1:1") != std::string::npos);
}

TEST_CASE("a stream is a connection of its own, or a refusal in etcd's words", "[store][etcd]") {
    auto server = etcd_server{};
    auto const client = client_of({server.url()});
    auto const watched = store::detail::encode_watch({"a", {}}, 0, false, true);
    auto const watch = client->stream(0, rpc::watch, watched, soon());
    REQUIRE(watch);
    auto const told = [&] {
        return store::detail::decode_watch<std::string>((*watch)->next_message(soon()).value(), codec)
            .value();
    };
    CHECK(told().created);
    REQUIRE(client->ask(effect::write, rpc::put, put_a));
    CHECK(told().events.at(0).revision() == 2);
    auto const refused = client->stream(0, "/etcdserverpb.Watch/Nope", watched, soon());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("Nope") != std::string::npos);
}

TEST_CASE("etcd's words for what it refuses are known", "[store][etcd]") {
    auto server = etcd_server{};
    auto const client = client_of({server.url()});
    auto const number = [](unsigned field, std::int64_t value) {
        return message().number(field, value).str();
    };
    REQUIRE(client->ask(effect::write, rpc::put, put_a));
    REQUIRE(client->ask(effect::write, rpc::compact, number(1, 2)));
    auto const grant = message().number(1, 5).number(2, 77).str();
    REQUIRE(client->ask(effect::write, rpc::lease_grant, grant));
    auto const says = [&](std::string_view method, std::string const& asked, error const& wanted) {
        auto const got = client->ask(effect::write, method, asked);
        REQUIRE_FALSE(got);
        CHECK(got.error() == wanted);
    };
    namespace errors = store::errors;
    says(rpc::range, get("a", 99), errors::future_revision().error());
    says(rpc::range, get("a", 1), errors::compacted().error());
    says(rpc::compact, number(1, 2), errors::compacted().error());
    says(rpc::compact, number(1, 9'999), errors::future_revision().error());
    says(rpc::lease_grant, grant, errors::lease_exists().error());
    says(rpc::lease_revoke, number(1, 7'799), errors::lease_not_found().error());
    says(rpc::put, put("", "v"), errors::empty_key().error());
    says(rpc::put, message().text(1, "nokey").number(5, 1).str(), errors::key_not_found().error());
}

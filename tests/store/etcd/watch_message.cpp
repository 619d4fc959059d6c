/// \file
/// Messages of etcd's watch: what they tell, and what is no message.

#include <berth/store/etcd/watch_message.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;
using namespace berth::store;

namespace {

/// Values that begin with `!` cannot be decoded.
struct picky_codec {
    static auto encode(std::string const& value, std::string& out) -> void { out += value; }
    static auto decode(std::string_view key, std::string_view bytes) -> result<std::string> {
        if (bytes.starts_with('!')) return fail(error_code::internal, "bad value of " + std::string(key));
        return std::string(bytes);
    }
};

auto decoded(std::string_view text) { return store::detail::decode_watch<std::string>(text, picky_codec{}); }

} // namespace

TEST_CASE("events come with their pairs and the pairs before them", "[store][etcd]") {
    auto const m = decoded(R"({"result":{"header":{"revision":"9"},"watch_id":"2","events":[
        {"kv":{"key":"YQ==","value":"dg==","mod_revision":"8","create_revision":"7","version":"2"},
         "prev_kv":{"key":"YQ==","value":"b2xk","mod_revision":"7","create_revision":"7","version":"1"}},
        {"type":"DELETE","kv":{"key":"Yg==","mod_revision":"9"}}]}})")
                       .value();
    CHECK(m.revision == 9);
    CHECK(m.watch_id == 2);
    CHECK_FALSE(m.created);
    CHECK_FALSE(m.canceled);
    CHECK(m.refused.why.message.empty());
    REQUIRE(m.events.size() == 2);
    auto const& [put, no_fault] = m.events[0];
    CHECK(put.type == event_type::put);
    CHECK(put.kv.value() == "v");
    CHECK(m.events[0].revision() == 8);
    CHECK(put.previous.value() == "old");
    CHECK_FALSE(no_fault);
    auto const& gone = m.events[1].what;
    CHECK(gone.type == event_type::erase);
    CHECK(gone.kv.key() == "b");
    CHECK(gone.kv.version() == 0);
    CHECK_FALSE(gone.previous);
}

TEST_CASE("a value that cannot be decoded is the fault of its event, not of the message", "[store][etcd]") {
    auto const m = decoded(R"({"result":{"events":[
        {"kv":{"key":"YQ==","value":"IXg=","mod_revision":"8"}},
        {"kv":{"key":"Yg==","value":"dg==","mod_revision":"8"},
         "prev_kv":{"key":"Yg==","value":"IXg=","mod_revision":"7"}},
        {"type":"DELETE","kv":{"key":"Yw==","value":"IXg=","mod_revision":"8"}}]}})")
                       .value();
    REQUIRE(m.events.size() == 3);
    REQUIRE(m.events[0].fault);
    CHECK(m.events[0].fault->message == "bad value of a");
    CHECK(m.events[0].what.kv.key() == "a"); // whom it concerns can still be told
    CHECK(m.events[0].what.kv.value().empty());
    CHECK_FALSE(m.events[1].fault);
    CHECK_FALSE(m.events[1].what.previous);
    CHECK_FALSE(m.events[2].fault);
}

TEST_CASE("a watch says when it began, and why it ended", "[store][etcd]") {
    CHECK(decoded(R"({"result":{"created":true}})")->created);
    auto const compacted = decoded(R"({"result":{"canceled":true,"compact_revision":"5"}})").value();
    CHECK(compacted.canceled);
    CHECK(compacted.compacted == 5);
    CHECK(compacted.refused.why.message.empty());
    auto const refused = decoded(
        R"({"result":{"canceled":true,"cancel_reason":"rpc error: code = X desc = etcdserver: no leader"}})");
    CHECK(refused->refused.why.message.find("no leader") != std::string::npos);
    CHECK(refused->refused.why.message.find("desc =") == std::string::npos);
    CHECK(decoded(R"({"result":{"cancel_reason":"not canceled"}})")->refused.why.message.empty());
    CHECK_FALSE(decoded(R"({"error":{"message":"etcdserver: no leader"}})")->refused.why.message.empty());
}

TEST_CASE("what is no message is an error that names the place", "[store][etcd]") {
    for (auto const* text :
         {"", "[]", R"({"result":[]})", R"({"result":{"events":{}}})", R"({"result":{"events":[{}]}})",
          R"({"result":{"events":[7]}})", R"({"result":{"events":[{"kv":{"key":"YQ=="}}]}})",
          R"({"result":{"events":[{"kv":{"key":"YQ==","mod_revision":"-1"}}]}})",
          R"({"result":{"events":[{"type":"MOVE","kv":{"mod_revision":"1"}}]}})"}) {
        CAPTURE(text);
        auto const m = decoded(text);
        REQUIRE_FALSE(m);
        CHECK(m.error().code == error_code::internal);
        CHECK(m.error().message.starts_with("etcd's answer to a watch is malformed: "));
    }
}

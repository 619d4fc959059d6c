/// \file
/// Messages of etcd's watch: what they tell, and what is no message.

#include "messages.hpp"

#include <berth/store/etcd/watch_message.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;
using namespace berth::store;
using namespace berth::store::testing;

namespace {

/// Values that begin with `!` cannot be decoded.
struct picky_codec {
    static auto encode(std::string const& value, std::string& out) -> void { out += value; }
    static auto decode(std::string_view key, std::string_view bytes) -> result<std::string> {
        if (bytes.starts_with('!')) return fail(error_code::internal, "bad value of " + std::string(key));
        return std::string(bytes);
    }
};

auto decoded(message const& m) { return store::detail::decode_watch<std::string>(m.str(), picky_codec{}); }

using number = field::watch_response;

} // namespace

TEST_CASE("events come with their pairs and the pairs before them", "[store][etcd]") {
    auto const m =
        decoded(header(9)
                    .number(number::watch_id, 2)
                    .inside(number::events, put_event(pair("a", "v", 8, 7, 2))
                                                .inside(field::event::prev_kv, pair("a", "old", 7, 7)))
                    .inside(number::events, erase_event("b", 9)))
            .value();
    CHECK(m.revision == 9);
    CHECK(m.watch_id == 2);
    CHECK_FALSE(m.created);
    CHECK_FALSE(m.canceled);
    CHECK_FALSE(m.goes_on);
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
    auto const m =
        decoded(
            message()
                .inside(number::events, put_event(pair("a", "!x", 8)))
                .inside(number::events,
                        put_event(pair("b", "v", 8)).inside(field::event::prev_kv, pair("b", "!x", 7)))
                .inside(number::events,
                        message().number(field::event::type, 1).inside(field::event::kv, pair("c", "!x", 8))))
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

TEST_CASE("a watch says when it began, whether there is more, and why it ended", "[store][etcd]") {
    CHECK(decoded(message().number(number::created, 1))->created);
    CHECK(decoded(message().number(number::fragment, 1))->goes_on);
    auto const compacted =
        decoded(message().number(number::canceled, 1).number(number::compact_revision, 5)).value();
    CHECK(compacted.canceled);
    CHECK(compacted.compacted == 5);
    CHECK(compacted.refused.why.message.empty());
    auto const reason = "rpc error: code = X desc = etcdserver: no leader";
    auto const refused =
        decoded(message().number(number::canceled, 1).text(number::cancel_reason, reason)).value();
    CHECK(refused.refused.why.message == "etcdserver: no leader");
    CHECK(refused.refused.then == store::detail::remedy::elsewhere);
    CHECK(decoded(message().text(number::cancel_reason, "not canceled"))->refused.why.message.empty());
}

TEST_CASE("what is no message is an error that names the place", "[store][etcd]") {
    auto const kv = [](message const& m) { return message().inside(field::event::kv, m); };
    auto const of_event = [](message const& e) { return message().inside(number::events, e); };
    auto const key_alone = message().text(field::key_value::key, "a");
    for (auto const& [bad, words] : {
             std::pair{message().text(1, "\xff"), "a field is cut off"},
             std::pair{message().number(number::events, 7), "events is no bytes"},
             std::pair{of_event(message()), "kv is missing"},
             std::pair{of_event(kv(key_alone)), "mod_revision is missing"},
             std::pair{of_event(kv(pair("a", "", -1))), "mod_revision is missing"},
             std::pair{of_event(kv(pair("a", "", 1)).number(field::event::type, 2)), "type is unknown"},
         }) {
        auto const m = decoded(bad);
        REQUIRE_FALSE(m);
        CHECK(m.error().code == error_code::internal);
        CHECK(m.error().message == std::string("etcd's answer to a watch is malformed: ") + words);
    }
}

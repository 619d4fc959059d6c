/// \file
/// What was there before some changes, asked of an etcd in few calls, whatever of it is gone.

#include "server.hpp"
#include "words.hpp"

#include <berth/store/etcd/previous.hpp>
#include <berth/store/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace berth;
using namespace berth::store::testing;

namespace {

using entry = store::detail::log_entry<std::string>;
using pair = store::key_value<std::string>;

/// A change of a key that was there.
auto change(std::string_view key, store::revision_number at) -> entry {
    return {{store::event_type::put, pair::make(key, {at, 1, 2, 0}, "now"), {}}, {}};
}
auto told(std::vector<entry> const& events) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& e : events) out.push_back(e.what.previous ? e.what.previous.value() : "none");
    return out;
}

} // namespace

TEST_CASE("what was there before changes is asked for, as many at once as etcd takes", "[store][etcd]") {
    auto server = etcd_server{};
    auto writer = connected(server.url());
    for (auto const* const key : {"a", "b", "c"}) REQUIRE(store::put(writer, key, key)); // at 2, 3 and 4
    REQUIRE(store::put(writer, "a", "later"));                                           // at 5
    auto here = etcd_parts(server.url());
    for (auto const at_once : {0U, 1U, 2U, 128U}) {
        auto events = std::vector<entry>{change("a", 5), change("b", 5), change("c", 4), change("a", 6)};
        REQUIRE(store::detail::ask_previous(here.client, here.codec, at_once, events,
                                            std::vector<std::size_t>{0, 1, 2, 3}));
        CHECK(told(events) == std::vector<std::string>{"a", "b", "none", "later"});
    }
    auto none = std::vector<entry>{change("a", 5)};
    REQUIRE(store::detail::ask_previous(here.client, here.codec, 128, none, {}));
    CHECK_FALSE(none[0].what.previous);
}

TEST_CASE("what is compacted stays absent, and the others do not suffer for it", "[store][etcd]") {
    auto server = etcd_server{};
    auto writer = connected(server.url());
    for (auto i = 0; i < 6; ++i) REQUIRE(store::put(writer, "a", std::to_string(i))); // up to 7
    REQUIRE(writer.compact(5));
    auto here = etcd_parts(server.url());
    auto events = std::vector<entry>{change("a", 7), change("a", 4), change("a", 8), change("a", 3)};
    REQUIRE(store::detail::ask_previous(here.client, here.codec, 128, events,
                                        std::vector<std::size_t>{0, 1, 2, 3}));
    CHECK(told(events) == std::vector<std::string>{"4", "none", "5", "none"});
}

TEST_CASE("where etcd does not answer, what was there before is not known", "[store][etcd]") {
    auto server = etcd_server{};
    auto here = etcd_parts(server.url());
    server.kill();
    auto events = std::vector<entry>{change("a", 5)};
    auto const done =
        store::detail::ask_previous(here.client, here.codec, 128, events, std::vector<std::size_t>{0});
    REQUIRE_FALSE(done);
    CHECK(done.error().code == error_code::unavailable);
}

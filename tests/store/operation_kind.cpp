/// \file
/// The names of operations, and which of them may have changed something.

#include <berth/store/operation_kind.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string_view>

using namespace berth::store;

TEST_CASE("every operation has a name of its own, and there are no more") {
    auto names = std::set<std::string_view>();
    for (std::size_t i = 0; i < operation_kinds; ++i) names.insert(name_of(static_cast<operation_kind>(i)));
    CHECK(names.size() == operation_kinds);
    CHECK_FALSE(names.contains(""));
    CHECK(name_of(static_cast<operation_kind>(operation_kinds)).empty());
}

TEST_CASE("reads change nothing, and everything else may") {
    using enum operation_kind;
    for (auto const read : {range, watch, next, time_to_live, leases}) CHECK_FALSE(is_write(read));
    for (auto const write : {commit, put, erase, compact, grant, keep_alive, revoke}) CHECK(is_write(write));
}

/// \file
/// Who somebody is, as reviews tell it.

#include "../vocabulary.hpp"

#include <berth/kube/authentication/user_info.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("all that is known of somebody is told") {
    auto const told =
        kube::told_user({.user = "ann", .uid = "1", .groups = {"a", "b"}, .extra = {{"k", {"v"}}}});
    CHECK(told.username == "ann");
    CHECK(told.uid == "1");
    CHECK(told.groups == std::vector<std::string>{"a", "b"});
    CHECK(*told.extra.find("k") == std::vector<std::string>{"v"});
}

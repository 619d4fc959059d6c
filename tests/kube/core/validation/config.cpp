/// \file
/// What objects that only hold data have in common.

#include "../../complaints.hpp"

#include <berth/kube/core/validation/config.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("keys are names of files") {
    auto const told = [](std::string_view key) {
        return said_by(
            [&](auto& errors) { kube::detail::validate_config_key(key, api::field_path("data"), errors); });
    };
    CHECK(told("app.conf").empty());
    CHECK(told("a/b").size() == 1);
    CHECK(told("..")[0].starts_with("data[..]: Invalid value: \"..\": "));
}

TEST_CASE("what is immutable stays so, and keeps its data") {
    auto const told = [](bool fixed, bool still, bool same, std::string_view field) {
        return said_by(
            [&](auto& errors) { kube::detail::validate_immutable(fixed, still, same, field, errors); });
    };
    CHECK(told(false, false, false, "data").empty());
    CHECK(told(true, true, true, "data").empty());
    CHECK(told(true, true, false, "data") ==
          lines{"data: Forbidden: field is immutable when `immutable` is set"});
    CHECK(told(true, false, true, "immutable") ==
          lines{"immutable: Forbidden: field is immutable when `immutable` is set"});
}

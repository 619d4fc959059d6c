/// \file
/// Config maps: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/core/config_map/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("config maps keep each key once, and immutable ones stay") {
    auto c = named<kube::config_map>();
    c.data["a"] = "1";
    c.binary_data["a"] = {"1"};
    CHECK(complaints(c) == lines{"data[a]: Invalid value: \"a\": duplicate of key present in binaryData"});
    auto before = named<kube::config_map>();
    before.immutable = true;
    auto now = before;
    now.immutable = false;
    now.data["b"] = "2";
    CHECK(complaints(now, before) == lines{"immutable: Forbidden: field is immutable when `immutable` is set",
                                           "data: Forbidden: field is immutable when `immutable` is set"});
    CHECK(complaints(before, before).empty());
}

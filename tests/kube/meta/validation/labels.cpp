/// \file
/// Labels, annotations and selectors: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/meta/validation/labels.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace test;

TEST_CASE("labels have qualified names and short values") {
    auto const told = [](std::string key, std::string value) {
        auto labels = object::string_map();
        labels[key] = std::move(value);
        return said_by(
            [&](auto& errors) { kube::detail::validate_labels(labels, api::field_path("l"), errors); });
    };
    CHECK(told("example.com/app", "v1").empty());
    CHECK(told("app", "").empty());
    CHECK(told("-app", "v")[0].starts_with("l: Invalid value: \"-app\": "));
    CHECK(told("app", std::string(64, 'a')) ==
          lines{"l: Invalid value: \"" + std::string(64, 'a') + "\": must be no more than 63 bytes"});
}

TEST_CASE("annotations may have capitals in their names, and a quarter of a megabyte together") {
    auto annotations = object::string_map();
    annotations["Example.com/App"] = "any text";
    auto const told = [&] {
        return said_by([&](auto& errors) {
            kube::detail::validate_annotations(annotations, api::field_path("a"), errors);
        });
    };
    annotations["big"] = std::string(256 * 1024, 'x');
    auto const all = told();
    CHECK(std::count(all.begin(), all.end(), "a: Too long: may not be more than 262144 bytes") == 1);
}

TEST_CASE("a requirement has an operator, and values where it wants them") {
    auto const told = [](std::string op, lines values) {
        auto r = object::label_selector_requirement();
        r.key = "app";
        r.operator_ = std::move(op);
        r.values = std::move(values);
        return said_by([&](auto& errors) {
            kube::detail::validate_selector_requirement(r, api::field_path("r"), errors);
        });
    };
    CHECK(told("In", {"a"}).empty());
    CHECK(told("Exists", {}).empty());
    CHECK(told("NotIn", {}) ==
          lines{"r.values: Required value: must be specified when `operator` is 'In' or 'NotIn'"});
    CHECK(told("DoesNotExist", {"a"}) ==
          lines{"r.values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'"});
    CHECK(told("Gt", {"1"}) == lines{"r.operator: Invalid value: \"Gt\": not a valid selector operator"});
}

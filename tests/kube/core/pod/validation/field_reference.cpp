/// \file
/// References to fields of pods and to amounts of containers: what is refused.

#include "../../../complaints.hpp"

#include <berth/kube/core/pod/validation/field_reference.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a path may have a subscript") {
    auto const parts = kube::detail::split_subscript("metadata.labels['app']");
    CHECK(parts.path == "metadata.labels");
    CHECK(parts.subscript == "app");
    CHECK(parts.has_subscript);
    for (auto const* const text : {"metadata.name", "['a']", "metadata.labels['a", ""})
        CHECK_FALSE(kube::detail::split_subscript(text).has_subscript);
}

TEST_CASE("volumes and variables show some fields each") {
    auto const told = [](std::string path) {
        auto s = kube::object_field_selector();
        s.api_version = "v1";
        s.field_path = std::move(path);
        return said_by([&](auto& errors) {
            kube::detail::validate_field_selector(s, kube::detail::volume_fields, api::field_path("f"),
                                                  errors);
        });
    };
    CHECK(told("metadata.labels").empty());
    CHECK(told("metadata.annotations['A']").empty());
    CHECK(told("") == lines{"f.fieldPath: Required value"});
    CHECK(told("spec.nope") ==
          lines{"f.fieldPath: Invalid value: \"spec.nope\": error converting fieldPath: field "
                "label not supported: spec.nope"});
    CHECK(told("status.podIP")[0].starts_with(
        "f.fieldPath: Unsupported value: \"status.podIP\": supported values: "
        "\"metadata.annotations\", "));
}

TEST_CASE("amounts are shown in units that suit them") {
    auto const told = [](std::string resource, std::string_view divisor) {
        auto s = kube::resource_field_selector();
        s.resource_ = std::move(resource);
        s.divisor = quantity(divisor);
        return said_by([&](auto& errors) {
            kube::detail::validate_resource_selector(s, false, api::field_path("r"), errors);
        });
    };
    CHECK(told("limits.cpu", "1m").empty());
    CHECK(told("limits.memory", "1Mi").empty());
    CHECK(told("limits.cpu", "2") ==
          lines{"r.divisor: Invalid value: \"limits.cpu\": only divisor's values 1m and 1 "
                "are supported with the cpu resource"});
    CHECK(told("limits.gpu", "0")[0].starts_with("r.resource: Unsupported value: \"limits.gpu\""));
}

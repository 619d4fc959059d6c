/// \file
/// Templates for pods, selectors and counts: what is refused.

#include "../../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/validation/template.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace test;

TEST_CASE("a template has no ephemeral containers, and its labels are told without metadata in the path") {
    auto t = kube::pod_template_spec();
    t.spec = sound_pod().spec;
    auto const told = [&] {
        return said_by(
            [&](auto& errors) { kube::detail::validate_template(t, api::field_path("template"), errors); });
    };
    CHECK(told().empty());
    t.metadata.labels["app"] = "-v";
    REQUIRE(told().size() == 1);
    CHECK(told()[0].starts_with("template.labels: Invalid value: \"-v\": "));
    t.metadata.labels = {};
    t.spec.ephemeral_containers.emplace_back();
    auto const all = told();
    CHECK(std::count(all.begin(), all.end(),
                     "template.spec.ephemeralContainers: Forbidden: ephemeral containers not allowed in pod "
                     "template") == 1);
}

TEST_CASE("a count is a number or a percentage") {
    using kube::detail::percentage_of;
    CHECK(percentage_of("25%") == 25);
    for (auto const* const text : {"", "%", "a%", "1.5%", "25"}) CHECK_FALSE(percentage_of(text).has_value());
    auto const told = [](object::int_or_string const& value) {
        return said_by([&](auto& errors) {
            kube::detail::validate_count(value, api::field_path("n"), errors);
            kube::detail::validate_at_most_all(value, api::field_path("n"), errors);
        });
    };
    CHECK(told(3).empty());
    CHECK(told("100%").empty());
    CHECK(told(-1) == lines{"n: Invalid value: -1: must be greater than or equal to 0"});
    CHECK(told("x")[0].starts_with("n: Invalid value: \"x\": a valid percent string"));
    CHECK(told("101%") == lines{"n: Invalid value: \"101%\": must not be greater than 100%"});
    CHECK(kube::detail::is_none("0%"));
    CHECK_FALSE(kube::detail::is_none(1));
}

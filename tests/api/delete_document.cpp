/// \file
/// The options of a deletion as a document.

#include <berth/api/delete_document.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a document of deletion says what becomes of dependents, and what must hold") {
    auto d = api::delete_document();
    CHECK_FALSE(api::options_of(d).policy);
    d.propagation_policy = "Foreground";
    d.dry_run = {"All"};
    d.preconditions.engage().resource_version = "7";
    auto const o = api::options_of(d);
    CHECK(o.policy == api::propagation::foreground);
    CHECK(o.dry_run);
    CHECK(o.expected_resource_version == "7");
    d.propagation_policy.reset();
    d.orphan_dependents = true;
    CHECK(api::options_of(d).policy == api::propagation::orphan);
}

TEST_CASE("what becomes of dependents is said in one way, and in words that are known") {
    auto d = api::delete_document();
    d.propagation_policy = "Sideways";
    d.orphan_dependents = false;
    auto causes = std::vector<error_cause>();
    api::detail::check_policy(d, causes);
    REQUIRE(causes.size() == 2);
    CHECK(causes[0].message ==
          "Invalid value: \"Sideways\": orphanDependents and deletionPropagation cannot be "
          "both set");
    CHECK(causes[1].message == "Unsupported value: \"Sideways\": supported values: \"Foreground\", "
                               "\"Background\", \"Orphan\", \"nil\"");
}

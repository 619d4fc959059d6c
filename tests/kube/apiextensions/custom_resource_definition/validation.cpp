/// \file
/// Which definitions are acceptable.

#include "definitions.hpp"

#include <berth/kube/apiextensions/custom_resource_definition/defaults.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using namespace test;

namespace {

auto problems(kube::custom_resource_definition const& d) -> std::string {
    auto errors = api::field_errors();
    kube::validate(d, errors);
    return told(errors);
}

} // namespace

TEST_CASE("a definition of ships is fine") { CHECK(problems(ships()).empty()); }

TEST_CASE("the name follows from the names") {
    auto d = ships();
    d.metadata.name = "boats.sea.example.org";
    CHECK(problems(d) == "metadata.name: Invalid value: \"boats.sea.example.org\": must be "
                         "spec.names.plural+\".\"+spec.group\n");
}

TEST_CASE("groups of the community need an approval") {
    auto d = ships();
    d.spec.group = "sea.k8s.io";
    d.metadata.name = "ships.sea.k8s.io";
    CHECK(problems(d).starts_with(
        "metadata.annotations[api-approved.kubernetes.io]: Required value: protected"));
    d.metadata.annotations["api-approved.kubernetes.io"] = "unapproved, for a test";
    CHECK(problems(d).empty());
}

TEST_CASE("what is stored must be a version") {
    auto d = ships();
    d.status.stored_versions = {"v1", "v0"};
    CHECK(problems(d).starts_with(
        "status.storedVersions[1]: Invalid value: \"v0\": missing from spec.versions; v0 "));
}

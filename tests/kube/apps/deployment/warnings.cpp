/// \file
/// What writers of a deployment are warned of.

#include "../../vocabulary.hpp"

#include <berth/kube/apps/deployment/warnings.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a deployment is warned of its template when that is new") {
    auto const before = make_deployment("web", 1).done();
    CHECK(warnings_of(before).empty());
    auto now = before;
    now.spec.template_.spec.node_selector["beta.kubernetes.io/arch"] = "amd64";
    auto const told = std::vector<std::string>{
        "spec.template.spec.nodeSelector[beta.kubernetes.io/arch]: deprecated since v1.14; use "
        "\"kubernetes.io/arch\" instead"};
    CHECK(warnings_of(now) == told);
    CHECK(warnings_of(now, &before) == told);
    CHECK(warnings_of(now, &now).empty());
}

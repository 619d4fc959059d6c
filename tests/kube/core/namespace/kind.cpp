/// \file
/// How namespaces behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/core/namespace/kind.hpp>

#include <catch2/catch_test_macros.hpp>

#include <variant>

using namespace test;

namespace {

using words = std::vector<std::string>;

} // namespace

TEST_CASE("a new namespace is active, wears its name and is held by its own finalizer") {
    auto n = kube::namespace_();
    n.metadata.name = "t";
    auto const k = kube::namespace_kind();
    k.prepare_create(n);
    k.prepare_create(n);
    CHECK(n.status.phase == "Active");
    CHECK(n.metadata.labels.get("kubernetes.io/metadata.name") == "t");
    CHECK(n.spec.finalizers == words{"kubernetes"});
    CHECK(k.held(n));
    k.mark_deleting(n);
    CHECK(n.status.phase == "Terminating");
    n.spec.finalizers.clear();
    CHECK_FALSE(k.held(n));
}

TEST_CASE("finalizers of a namespace change through their subresource only, which leaves the status") {
    auto before = make_namespace("t").done();
    before.spec.finalizers = {"kubernetes"};
    auto now = before;
    now.spec.finalizers.clear();
    kube::namespace_kind().prepare_update(now, before);
    CHECK(now.spec.finalizers == words{"kubernetes"});
    now.spec.finalizers.clear();
    now.status.phase = "Terminating";
    std::get<api::part>(kube::namespace_kind().subresources.erased().at(0).does).prepare(&now, &before);
    CHECK(now.spec.finalizers.empty());
    CHECK(now.status.phase == "Active");
}

TEST_CASE("namespaces are found by their phases") {
    auto const n = make_namespace("t").done();
    CHECK(cells_of(kube::namespace_kind(), n) == words{"t", "Active", "100s"});
    CHECK(api::kind(kube::namespace_kind()).field_value(&n, "status.phase") == "Active");
    CHECK(api::kind(kube::namespace_kind()).field_value(&n, "name") == "t");
}

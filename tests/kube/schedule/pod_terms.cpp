/// \file
/// Which pods a pod's affinity means.

#include "placing.hpp"

#include <berth/kube/schedule/pod_terms.hpp>

using namespace test;

namespace {

/// A pod that requires pods of the label app=web.
auto with_term(auto change) -> make_pod {
    return make_pod("p").with([&](kube::pod& p) {
        auto& t = p.spec.affinity.engage()
                      .pod_affinity.engage()
                      .required_during_scheduling_ignored_during_execution.emplace_back();
        t.label_selector = selecting("app", "web");
        t.topology_key = "zone";
        change(t);
    });
}
auto web(std::string space) -> kube::pod {
    return make_pod("w").in(std::move(space)).label("app", "web").done();
}

} // namespace

TEST_CASE("a pod without affinity to pods has no terms") {
    CHECK(kube::terms_of(make_pod("p").done()) == nullptr);
    CHECK(kube::no_terms().required.empty());
}

TEST_CASE("a term without namespaces means those of the pod") {
    auto const terms = kube::terms_of(with_term([](auto&) {}).done());
    REQUIRE(terms->required.size() == 1);
    CHECK(terms->required[0].matches(web("default")));
    CHECK_FALSE(terms->required[0].matches(web("other")));
    CHECK_FALSE(terms->required[0].matches(make_pod("w").done()));
}

TEST_CASE("a term without a selector of pods means none") {
    auto const terms = kube::terms_of(with_term([](auto& t) { t.label_selector.reset(); }).done());
    CHECK_FALSE(terms->required[0].matches(web("default")));
}

TEST_CASE("a selector of namespaces is resolved to the namespaces that are known") {
    auto all = kube::catalogue();
    auto space = kube::namespace_();
    space.metadata.name = "team";
    space.metadata.labels["env"] = "prod";
    all.put({object::any_object(space), 1});
    auto const t =
        kube::terms_of(with_term([](auto& o) { o.namespace_selector = selecting("env", "prod"); }).done())
            ->required[0];
    CHECK(t.matches(web("other"), space.metadata.labels));
    CHECK(t.named(all).matches(web("team")));
    CHECK_FALSE(t.named(all).matches(web("other"), space.metadata.labels));
    auto const any =
        kube::terms_of(with_term([](auto& o) { o.namespace_selector = object::label_selector(); }).done())
            ->required[0];
    CHECK(any.named(all).matches(web("other")));
}

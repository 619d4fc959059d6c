/// \file
/// How the set of a template is recognised, named and numbered.

#include "../../../vocabulary.hpp"

#include <berth/kube/apps/deployment/controller/revision.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a set is made of the template, with its hash in labels and selector") {
    auto const d = make_deployment("web", 3).annotation("note", "x").done();
    auto const set = kube::detail::made_set(d, {});
    auto const hash = kube::detail::template_hash(d.spec.template_, 0);
    CHECK(set.metadata.name == "web-" + hash);
    CHECK(set.metadata.labels.get("pod-template-hash") == hash);
    CHECK(set.spec.selector->match_labels.get("pod-template-hash") == hash);
    CHECK(set.spec.template_.metadata.labels.get("app") == "web");
    CHECK(set.spec.replicas == 3);
    CHECK(set.metadata.annotations.get("note") == "x");
    CHECK(set.metadata.annotations.get(kube::revision_annotation) == "1");
    CHECK(set.metadata.annotations.get(kube::maximum_annotation) == "4");
}

TEST_CASE("a set that is rolled back to remembers the revision that it had") {
    auto const d = make_deployment("web", 1).done();
    auto set = make_replica_set("web-a", 1).annotation(std::string(kube::revision_annotation), "1").done();
    CHECK(kube::detail::annotate_current(d, set, 3));
    CHECK(set.metadata.annotations.get(kube::revision_annotation) == "3");
    CHECK(set.metadata.annotations.get(kube::revision_history_annotation) == "1");
    CHECK_FALSE(kube::detail::annotate_current(d, set, 2));
}

TEST_CASE("a history that grows too long forgets the oldest") {
    using kube::detail::remember_revision;
    CHECK(remember_revision("", "1") == "1");
    CHECK(remember_revision("1,2", "3") == "1,2,3");
    auto const full = remember_revision(std::string(990, '1') + "," + std::string(1000, '2'), "1234567890");
    CHECK(full == std::string(1000, '2') + ",1234567890");
}

TEST_CASE("the oldest set with the template is the current one") {
    auto const d = make_deployment("web", 1);
    auto const like = [&](std::string name, std::int64_t second) {
        auto r = make_replica_set(std::move(name), 1);
        r.with([&](kube::replica_set& o) {
            o.spec.template_ = d.done().spec.template_;
            o.spec.template_.metadata.labels["pod-template-hash"] = o.metadata.name;
        });
        return r.made_at(new_year + seconds(second));
    };
    auto w = world_of(like("b", 2), like("a", 1), make_replica_set("c", 1).image("other"));
    auto all = std::vector<reconcile::seen<kube::replica_set>>();
    for (auto const* const name : {"b", "a", "c"})
        all.push_back(w.at(new_year).get<kube::replica_set>({"default", name}));
    auto const sets = kube::sort_out(d.done(), all);
    CHECK(sets.current_name() == "a");
    CHECK(sets.old.size() == 2);
}

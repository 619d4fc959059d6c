/// \file
/// Controller revisions: how they are named, what they hold, which go.

#include "../sets.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto template_of(std::string image) -> kube::pod_template_spec {
    return make_stateful_set("db", 1).image(std::move(image)).done().spec.template_;
}

auto revision_of(std::string data) -> kube::controller_revision {
    auto out = kube::controller_revision{};
    out.data.text = std::move(data);
    return out;
}

} // namespace

TEST_CASE("a patch that restores a template has its members sorted, and is named like that of Kubernetes") {
    auto t = kube::pod_template_spec{};
    t.metadata.labels["app"] = "<db>";
    auto& c = t.spec.containers.emplace_back();
    c.name = "c";
    CHECK(kube::template_patch(t) ==
          R"({"spec":{"template":{"$patch":"replace","metadata":{"labels":{"app":"\u003cdb\u003e"}},)"
          R"("spec":{"containers":[{"name":"c","resources":{}}]}}}})");
    // As the real controller named this one.
    CHECK(kube::revision_hash(
              R"({"spec":{"template":{"$patch":"replace","metadata":{"labels":{"app":"db"}},"spec":)"
              R"({"containers":[{"image":"db:v2","imagePullPolicy":"IfNotPresent","name":"c","resources":{},)"
              R"("terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],)"
              R"("dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler",)"
              R"("securityContext":{},"terminationGracePeriodSeconds":30}}}})",
              0) == "549f648dc8");
    CHECK(kube::revision_hash("", 0) != kube::revision_hash("", 1));
    CHECK(kube::revision_name("db", "abc") == "db-abc");
    CHECK(kube::revision_name(std::string(300, 'a'), "abc").size() == 227);
}

TEST_CASE("a revision gives its template back, whatever the present one is") {
    auto const old = template_of("db:v1");
    auto const r = revision_of(kube::template_patch(old));
    CHECK(kube::restored_template(template_of("db:v2"), r) == old);
    CHECK(!kube::restored_template(old, revision_of("")));
    CHECK(!kube::restored_template(old, revision_of("[1]")));
    CHECK(!kube::restored_template(old, revision_of("{not json")));
    CHECK(!kube::restored_template(old, revision_of(R"({"spec":{"template":{"spec":7}}})")));
}

TEST_CASE("a revision is of a template if it means the same, however it is written") {
    auto const t = template_of("db:v1");
    auto const patch = kube::template_patch(t);
    CHECK(kube::is_revision_of(revision_of(patch), patch, t));
    CHECK(kube::is_revision_of(revision_of(" " + patch), patch, t));
    auto filled = t;
    filled.spec.restart_policy = "Always";
    CHECK(kube::is_revision_of(revision_of(kube::template_patch(filled)), patch, t));
    CHECK(!kube::is_revision_of(revision_of(kube::template_patch(template_of("db:v2"))), patch, t));
    CHECK(!kube::is_revision_of(revision_of("{}"), patch, t));
}

TEST_CASE("revisions are ordered by number, age and name, and the oldest go that nobody uses") {
    auto const set = make_stateful_set("db", 1);
    auto w = world_of(make_revision(set, "c", 1), make_revision(set, "b", 1),
                      make_revision(set, "a", 1).made_at(new_year + seconds(1)), make_revision(set, "d", 0));
    auto const world = w.at(new_year);
    auto all = kube::seen_revisions();
    for (auto const r : world.all<kube::controller_revision>()) all.push_back(r);
    kube::sort_revisions(all);
    auto names = std::vector<std::string>();
    for (auto const& r : all) names.push_back(r->metadata.name);
    CHECK(names == std::vector<std::string>{"d", "b", "c", "a"});
    CHECK(kube::next_revision_number(all) == 2);
    CHECK(kube::next_revision_number({}) == 1);
    auto const gone = kube::oldest_unused(all, 2, [](auto const& r) { return r.metadata.name == "b"; });
    REQUIRE(gone.size() == 2);
    CHECK(gone[0]->metadata.name == "d");
    CHECK(gone[1]->metadata.name == "c");
    CHECK(kube::oldest_unused(all, -3, [](auto const&) { return false; }).empty());
}

/// \file
/// Daemon sets: where pods are made and deleted, and how they are updated.

#include "../sets.hpp"

#include <berth/kube/apps/daemon_set/controller.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::daemon_set_controller();
auto const agent = object::key{"default", "agent"};

auto decide(reconcile::world& w, time_point now = new_year, kube::failure_backoff const& before = {})
    -> reconcile::decision<kube::failure_backoff> {
    for (auto const* const type : reconcile::kinds_seen<kube::daemon_set_controller>()) w.follow(*type);
    for (auto& i : reconcile::indexes_of<kube::daemon_set_controller>())
        w.follow(*i.type).add_index(std::move(i));
    return controller.reconcile(w.at(now), agent, before);
}

/// What is done with pods: those that are made by the nodes that they are for.
auto deeds(reconcile::plan const& p) -> words {
    auto out = words();
    for (auto const& s : p.steps) {
        if (auto const* const c = std::get_if<reconcile::create_step>(&s))
            if (auto const* const made = c->object.get_if<kube::pod>())
                out.push_back("+" + std::string(kube::target_node(*made)));
        if (auto const* const r = std::get_if<reconcile::remove_step>(&s))
            out.push_back(r->target.where.name);
    }
    return out;
}

auto fresh_pod(make_daemon_set const& set, std::string name, std::string node) -> make_pod {
    return pod_of(set, std::move(name), std::move(node), hash_of(set)).ready();
}
auto old_pod(make_daemon_set const& set, std::string name, std::string node) -> make_pod {
    return pod_of(set, std::move(name), std::move(node), "old").ready();
}

} // namespace

TEST_CASE("each node that may have one gets a pod, which is bound to it by affinity") {
    auto const set = make_daemon_set("agent");
    auto w = world_of(set, make_node("b"), make_node("a"), make_node("c").tainted("mine", "NoSchedule"));
    auto const plan = decide(w).plan;
    CHECK(deeds(plan) == words{"+a", "+b"});
    CHECK(notes_of(plan) == words{"SuccessfulCreate", "FailedCreate", "SuccessfulCreate", "FailedCreate"});
    auto const& status = written<kube::daemon_set>(plan)->status;
    CHECK(status.desired_number_scheduled == 2);
    CHECK(status.number_unavailable == 2);
    auto const& revision = *written<kube::controller_revision>(plan);
    CHECK(revision.metadata.name == "agent-" + hash_of(set));
    CHECK(revision.revision == 1);
    auto const& made = *written<kube::pod>(plan);
    auto waiting = reconcile::world(set.done(), made_revision(set).done(), make_node("b").done(), [&] {
        auto p = made;
        p.metadata.name = "agent-x";
        p.metadata.uid = "x";
        return p;
    }());
    CHECK(deeds(decide(waiting).plan).empty());
}

TEST_CASE("pods go from nodes that do not want them, but may stay where only new ones are kept off") {
    auto const set = make_daemon_set("agent").selecting("disk", "ssd");
    auto w = world_of(set, made_revision(set), make_node("a").label("disk", "hdd"),
                      make_node("b").label("disk", "ssd").tainted("mine", "NoSchedule"),
                      make_node("c").label("disk", "ssd").tainted("mine", "NoExecute"),
                      fresh_pod(set, "pa", "a"), fresh_pod(set, "pb", "b"), fresh_pod(set, "pc", "c"));
    auto const plan = decide(w).plan;
    CHECK(deeds(plan) == words{"pa", "pc"});
    CHECK(written<kube::daemon_set>(plan)->status.number_misscheduled == 3);
    CHECK(written<kube::daemon_set>(plan)->status.desired_number_scheduled == 0);
}

TEST_CASE("of several pods on a node the oldest stays, one that waits for a node that is gone goes") {
    auto const set = make_daemon_set("agent");
    auto lost = kube::daemon_pod(set.done(), "gone", hash_of(set));
    lost.metadata.name = "lost";
    lost.metadata.uid = "lost";
    auto w = world_of(set, made_revision(set), make_node("a"),
                      fresh_pod(set, "young", "a").made_at(new_year + seconds(5)), fresh_pod(set, "x", "a"));
    w.add(lost);
    CHECK(deeds(decide(w).plan) == words{"young", "lost"});
}

TEST_CASE("a pod that failed is replaced ever more slowly, one that succeeded at once") {
    auto const set = make_daemon_set("agent");
    auto w = world_of(set, made_revision(set), make_node("a"), make_node("b"),
                      fresh_pod(set, "failed", "a").phase("Failed"),
                      fresh_pod(set, "done", "b").phase("Succeeded"));
    auto const first = decide(w);
    CHECK(deeds(first.plan) == words{"failed", "done"});
    CHECK(notes_of(first.plan) == words{"FailedDaemonPod", "SuccessfulDelete", "FailedDelete",
                                        "SucceededDaemonPod", "SuccessfulDelete", "FailedDelete"});
    CHECK(first.memory != kube::failure_backoff());
    auto const second = decide(w, new_year, first.memory);
    CHECK(deeds(second.plan) == words{"done"});
    CHECK(second.plan.again_after == seconds(1));
    CHECK(deeds(decide(w, new_year + seconds(1), second.memory).plan) == words{"failed", "done"});
}

TEST_CASE("a new template replaces pods node by node") {
    auto const old = make_daemon_set("agent");
    auto const set = make_daemon_set("agent").image("app:v2");
    auto w = world_of(set, made_revision(old), make_node("a"), make_node("b"), old_pod(old, "pa", "a"),
                      old_pod(old, "pb", "b"));
    auto const plan = decide(w).plan;
    CHECK(deeds(plan) == words{"pa"});
    CHECK(written<kube::controller_revision>(plan)->revision == 2);
    auto next = world_of(set, made_revision(old), made_revision(set, 2), make_node("a"), make_node("b"),
                         fresh_pod(set, "new", "a"), old_pod(old, "pb", "b"));
    CHECK(deeds(decide(next).plan) == words{"pb"});
    auto by_hand = world_of(make_daemon_set("agent").image("app:v2").on_delete(), make_node("a"),
                            old_pod(old, "pa", "a"));
    CHECK(deeds(decide(by_hand).plan).empty());
}

TEST_CASE("an update that surges starts the new pod first, and keeps the old one until that is available") {
    auto const set = make_daemon_set("agent").rolling(1, 0);
    auto start = world_of(set, made_revision(set), make_node("a"), old_pod(set, "old", "a"));
    CHECK(deeds(decide(start).plan) == words{"+a"});
    auto waiting = world_of(
        set, made_revision(set), make_node("a"), old_pod(set, "old", "a"),
        fresh_pod(set, "new", "a").phase("Pending").with([](kube::pod& p) { p.status.conditions.clear(); }));
    CHECK(deeds(decide(waiting).plan).empty());
    auto available = world_of(set, made_revision(set), make_node("a"), old_pod(set, "old", "a"),
                              fresh_pod(set, "new", "a"));
    CHECK(deeds(decide(available).plan) == words{"old"});
}

TEST_CASE("a set that is being deleted, and one that selects all, is left alone") {
    auto w = world_of(make_daemon_set("agent").deleting().finalizer("mine"), make_node("a"));
    CHECK(decide(w).plan.empty());
    auto everything = make_daemon_set("agent");
    everything.with([](kube::daemon_set& d) { d.spec.selector->match_labels.clear(); });
    auto all = world_of(everything, make_node("a"));
    CHECK(decide(all).plan.empty());
}

TEST_CASE("a node concerns all sets when its labels or taints change") {
    auto w = world_of(make_daemon_set("agent"), make_daemon_set("other"), make_node("a"));
    CHECK(controller.keys_for(w.at(new_year), make_node("a").done()).size() == 2);
    CHECK(controller.keys_for(w.at(new_year), make_node("gone").done()).empty()); // its pods' ends tell
    auto const before = make_node("a").ready();
    CHECK(!controller.matters(before.done(), make_node("a").ready(new_year + seconds(10)).done()));
    CHECK(controller.matters(before.done(), make_node("a").ready().label("disk", "ssd").done()));
    CHECK(controller.matters(before.done(), make_node("a").ready().tainted("mine", "NoExecute").done()));
    CHECK(controller.keys_for(w.at(new_year), make_pod("p").label("app", "other").done()) ==
          std::vector<object::key>{{"default", "other"}});
}

namespace {

/// A set in the middle of something, its nodes, pods and revisions.
auto draw_world(berth::random_engine& draw, reconcile::world& w) -> void {
    auto set = make_daemon_set("agent").image("app:v2");
    if (draw.below(3) == 0) set.selecting("disk", "ssd");
    if (draw.below(3) == 0) set.rolling(1, 0);
    if (draw.below(3) == 0) set.rolling(0, "50%");
    if (draw.below(4) == 0) set.on_delete();
    if (draw.below(10) == 0) set.deleting().finalizer("mine");
    set.with([&](kube::daemon_set& d) {
        d.spec.revision_history_limit = static_cast<std::int32_t>(draw.below(2));
        d.spec.min_ready_seconds = draw.below(3) == 0 ? 200 : 0;
    });
    auto const old = make_daemon_set("agent");
    w.add(set.done());
    w.add(made_revision(old, 1).done());
    if (draw.below(2) == 0) w.add(made_revision(set, 1).done());
    if (draw.below(4) == 0) w.add(make_revision(set, "twin", 1).done());
    if (draw.below(4) == 0) w.add(make_revision(make_daemon_set("agent").image("x"), "x", 3).done());
    for (auto n = 0; n < 5; ++n) {
        auto const name = "node-" + std::to_string(n);
        auto here = make_node(name).label("disk", draw.below(3) == 0 ? "hdd" : "ssd");
        if (draw.below(5) == 0) here.tainted("mine", "NoSchedule");
        if (draw.below(5) == 0) here.tainted("mine", "NoExecute");
        if (draw.below(6) != 0) w.add(here.done());
        for (auto i = std::uint64_t{0}, pods = draw.below(4); i < pods; ++i) {
            auto p = pod_of(set, name + "-" + std::to_string(i), name,
                            draw.below(2) == 0 ? hash_of(old) : hash_of(set));
            if (draw.below(10) == 0) p.with([](kube::pod& o) { o.metadata.owner_references.clear(); });
            w.add(in_some_state(draw, p).done());
        }
    }
}

/// Does not see pods that are still on their way to their nodes.
struct blind_controller : kube::daemon_set_controller {
    auto reconcile(reconcile::snapshot const& world, object::key const& k,
                   kube::failure_backoff const& before) const -> reconcile::decision<kube::failure_backoff> {
        auto out = kube::daemon_set_controller::reconcile(world, k, before);
        auto const set = world.get<kube::daemon_set>(k);
        if (!set) return out;
        auto const spec = kube::with_daemon_tolerations(set->spec.template_.spec);
        auto bound = std::set<std::string>();
        for (auto const p : world.owned_by<kube::pod>(set)) bound.insert(p->spec.node_name);
        for (auto const n : world.all<kube::node>())
            if (kube::daemon_permission_on(*n, spec).run && !bound.contains(n->metadata.name))
                out.plan.create(kube::daemon_pod(*set, n->metadata.name, "hash"));
        return out;
    }
};

} // namespace

TEST_CASE("the controller of daemon sets keeps the laws of controllers on random worlds") {
    CHECK(broken_laws(controller, agent, draw_world, 150) == std::set<std::string>{});
}

TEST_CASE("a controller of daemon sets that overlooks pods on their way breaks a law") {
    auto const broken = broken_laws(blind_controller(), agent, draw_world, 10);
    CHECK(std::any_of(broken.begin(), broken.end(), [](std::string const& law) {
        return law.starts_with("once its plans are carried out there is nothing to do");
    }));
}

/// \file
/// The story: a small application is applied, scaled, changed, and survives the death of a node.

#include "story.hpp"

#include "stage.hpp"

#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/state.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>

namespace plane {

namespace {

using namespace std::chrono_literals;
namespace kube = berth::kube;

/// The scenes, each of which must be seen to succeed.
class story {
public:
    story(control_plane& plane, explanations const& why, sigset_t const& ending)
        : plane_(plane), api_(plane.api()), why_(why), stage_(api_, ending) {}

    auto tell(std::string const& folder) -> bool {
        auto const good = begins() && applies(folder) && scales() && rolls_out() && loses_a_worker();
        stage_.print_timeline();
        if (!stage_.ended()) print_places();
        return good;
    }

private:
    auto begins() -> bool {
        stage_.chapter("A control plane in one process");
        stage_.say("the API server listens on " + plane_.url());
        return stage_.wait_for("all workers are ready", 30s, [&] {
            auto const nodes = berth::api::list<kube::node>(api_);
            return nodes && !nodes->empty() && std::all_of(nodes->begin(), nodes->end(), [](auto const& n) {
                       return is_ready(*n) && n->spec.taints.empty();
                   });
        });
    }

    auto applies(std::string const& folder) -> bool {
        stage_.chapter("The application");
        if (auto ok = apply_folder(api_, folder); !ok) {
            stage_.say("NOT APPLIED: " + ok.error().message);
            return false;
        }
        stage_.say("applied the manifests in " + folder);
        return stage_.wait_for("every deployment runs", 60s, [&] { return all_complete(); });
    }

    auto scales() -> bool {
        auto const name = first_rolling();
        if (name.empty()) return true;
        stage_.chapter("More of it");
        auto const wanted =
            change(name, [](kube::deployment& d) { d.spec.replicas = d.spec.replicas.value_or(1) + 2; });
        stage_.say("scaled " + name + " to " + std::to_string(wanted));
        return stage_.wait_for(name + " runs " + std::to_string(wanted) + " times", 60s,
                               [&] { return all_complete(); });
    }

    auto rolls_out() -> bool {
        auto const name = first_rolling();
        if (name.empty()) return true;
        stage_.chapter("A change");
        change(name, [](kube::deployment& d) {
            auto& variable = d.spec.template_.spec.containers.front().env.emplace_back();
            variable.name = "BERTH_RELEASE";
            variable.value = "2";
        });
        stage_.say("changed the template of " + name + ": a rolling update begins");
        return stage_.wait_for("every copy of " + name + " has the change", 60s,
                               [&] { return all_complete(); });
    }

    auto loses_a_worker() -> bool {
        auto const victim = busiest();
        auto const doomed = pods_on(victim);
        if (victim.empty()) return true;
        stage_.chapter("A death");
        plane_.kill_worker(victim);
        stage_.say("killed " + victim + ", on which " + std::to_string(doomed.size()) + " pods ran");
        auto const missed = stage_.wait_for(victim + " is missed: it is not ready any more", 30s, [&] {
            auto const n = berth::api::get<kube::node>(api_, {{}, victim});
            return n && !is_ready(**n);
        });
        return missed && stage_.wait_for("its pods are reborn elsewhere", 60s, [&] {
            auto const now = pods_on(victim);
            return now.empty() && all_complete();
        });
    }

    static auto is_ready(kube::node const& n) -> bool {
        auto const* c = berth::object::find_condition(n.status.conditions, "Ready");
        return c != nullptr && c->status == "True";
    }

    auto all_complete() const -> bool {
        auto const all = stage_.deployments();
        return std::all_of(all.begin(), all.end(), [](auto const& d) { return d.complete(); });
    }

    /// The deployment that has most copies, of those that are updated one by one.
    auto first_rolling() const -> std::string {
        auto const all = berth::api::list<kube::deployment>(api_);
        auto best = std::string();
        auto most = 0;
        for (auto const& d : all ? *all : std::vector<berth::object::stored<kube::deployment>>()) {
            if (d->spec.strategy.type == "Recreate" || d->spec.replicas.value_or(1) <= most) continue;
            most = d->spec.replicas.value_or(1);
            best = d->metadata.name;
        }
        return best;
    }

    /// Changes a deployment; again, if somebody else wrote it meanwhile. Answers how many copies it wants.
    template <class F> auto change(std::string const& name, F f) -> std::int32_t {
        while (true) {
            auto const d = berth::api::get<kube::deployment>(api_, {"default", name});
            if (!d) return 0;
            auto next = **d;
            f(next);
            auto const done = berth::api::update(api_, next, d->revision_of());
            if (done) return (*done)->spec.replicas.value_or(1);
            if (done.error().code != berth::error_code::conflict) return 0;
        }
    }

    auto active_pods() const -> std::vector<berth::object::stored<kube::pod>> {
        auto all = berth::api::list<kube::pod>(api_);
        if (!all) return {};
        std::erase_if(*all, [](auto const& p) { return !kube::is_active(*p); });
        return *std::move(all);
    }
    auto pods_on(std::string const& node) const -> std::set<std::string> {
        auto out = std::set<std::string>();
        for (auto const& p : active_pods())
            if (p->spec.node_name == node) out.insert(p->metadata.name);
        return out;
    }
    /// The node that runs most pods, among those that the selective ones do not depend on.
    auto busiest() const -> std::string {
        auto counts = std::map<std::string, std::size_t>();
        auto needed = std::set<std::string>();
        for (auto const& p : active_pods()) {
            ++counts[p->spec.node_name];
            if (!p->spec.node_selector.empty()) needed.insert(p->spec.node_name);
        }
        auto best = std::string();
        for (auto const& [node, n] : counts)
            if (!needed.contains(node) && (best.empty() || n > counts[best])) best = node;
        return best;
    }

    auto print_places() const -> void {
        std::printf("\nWhere every pod runs, and why\n");
        auto last = std::string();
        for (auto const& p : active_pods()) {
            auto const e = why_.find(p->metadata.where().to_string());
            std::printf("  %-32s %s\n", p->metadata.name.c_str(), p->spec.node_name.c_str());
            last = e.why.empty() ? last : e.why;
        }
        auto told = std::set<std::string>();
        for (auto const& p : active_pods()) {
            auto const app = p->metadata.labels.get("app");
            auto const e = why_.find(p->metadata.where().to_string());
            if (e.why.empty() || !told.insert(app).second) continue;
            std::printf("\n%s went to %s:\n%s", p->metadata.name.c_str(), e.node.c_str(), e.why.c_str());
        }
    }

    control_plane& plane_;
    api_server& api_;
    explanations const& why_;
    stage stage_;
};

/// Short times, so that the story can be watched; and nodes that differ.
auto prepared(plane_options options, explanations& why) -> plane_options {
    options.controllers.node_grace = berth::seconds(4);
    options.failure_toleration_seconds = 2;
    for (std::size_t i = 0; i < options.workers.size(); ++i) {
        auto& w = options.workers[i];
        w.heartbeat = berth::seconds(1);
        w.labels["zone"] = i % 2 == 0 ? "north" : "south";
        w.labels["disk"] = i == 0 ? "fast" : "slow";
    }
    options.explain = [&why](auto const& pod, auto const& node, auto const& text) {
        why.add(pod, node, text);
    };
    return options;
}

} // namespace

auto tell_story(plane_options options, berth::api::shared_registry kinds, opened_store store,
                std::string const& folder, sigset_t const& ending) -> int {
    auto why = explanations();
    auto cluster = control_plane(prepared(std::move(options), why), kinds, std::move(store));
    if (auto ok = cluster.start(); !ok) {
        std::fprintf(stderr, "control-plane: %s\n", ok.error().message.c_str());
        return EXIT_FAILURE;
    }
    auto const* const home = std::getenv("BERTH_STORY_FOLDER");
    auto const own = std::string(home == nullptr ? "examples/040-control-plane" : home) + "/manifests";
    auto const good = story(cluster, why, ending).tell(folder.empty() ? own : folder);
    cluster.stop();
    std::printf(good ? "\nEvery step was seen to happen.\n" : "\nNot every step was seen to happen.\n");
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace plane

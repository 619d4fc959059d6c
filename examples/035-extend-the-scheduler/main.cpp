/// \file
/// \brief Replace a plugin of the stock scheduler, add a filter and a score of one's own, test both in a line
/// each, and run them in a control plane in this process.

#include <berth/api/server.hpp>
#include <berth/kube/registry.hpp>
#include <berth/kube/schedule/scheduler.hpp>
#include <berth/schedule/replace.hpp>
#include <berth/sim/run.hpp>
#include <berth/store/memory.hpp>

#include <iostream>

using namespace berth;
using kube::pod_info, kube::node_info, kube::default_profile;

/// How many pods of a pod's team a node has.
auto of_team(pod_info const& p, node_info const& n) -> int {
    auto count = 0;
    for (auto const& other : n.pods) count += other->labels().get("team") == p.labels().get("team") ? 1 : 0;
    return count;
}
constexpr auto two_at_most = schedule::filter<"two at most", schedule::reads<&node_info::pods>>(
    [](pod_info const& p, node_info const& n) {
        return of_team(p, n) < 2 ? schedule::accept : schedule::reject("node(s) had two pods of the team");
    });
constexpr auto apart = schedule::score<"apart", schedule::reads<&node_info::pods>>(
    [](pod_info const& p, node_info const& n) { return -of_team(p, n); });
constexpr auto fullest =
    schedule::score<kube::plugins::fit_points>({.strategy = kube::plugins::fit_strategy::most_allocated});
constexpr auto policy = schedule::profile{
    .name = "default-scheduler",
    .filter = default_profile.filter and two_at_most,
    .preempt = default_profile.preempt,
    .score = schedule::replace<"NodeResourcesFit">(default_profile.score, fullest) + 500 * apart};

auto main() -> int {
    if (judge(two_at_most, pod_info(), node_info()) != schedule::accept) return 1; // the test of a filter
    if (rate(apart, pod_info(), std::vector<node_info>(2)) != std::vector{0., 0.}) return 1; // and of a score

    auto const clock = sim::virtual_clock();
    auto store = store::memory<object::any_object>();
    auto server = api::server(store, kube::registry(), {.now = [&] { return clock.now(); }, .seed = 0, .admission = {}});
    auto scheduler = kube::scheduler(server, {}, policy);
    for (auto const* const name : {"a", "b"}) {
        auto n = kube::node();
        n.metadata.name = name;
        auto const made = api::create(server, n).value();
        for (auto const* const what : {"cpu", "memory", "pods"})
            n.status.allocatable[what] = object::quantity::of(1 << 30);
        if (!api::update(server, n, made.revision_of(), "status")) return 1;
    }
    for (auto const* const name : {"red-1", "red-2", "red-3", "red-4", "red-5", "blue-1"}) {
        auto p = kube::pod();
        p.metadata.name = name;
        p.metadata.namespace_ = "default";
        p.metadata.labels["team"] = std::string(name, 3);
        auto& c = p.spec.containers.emplace_back();
        c.name = c.image = "main";
        if (auto const made = api::create(server, p); !made) return std::cout << made.error().message, 1;
    }
    sim::run(clock, {.seed = 7, .time_limit = seconds(5)}, scheduler);
    for (auto const& p : api::list<kube::pod>(server).value()) {
        auto const* const why = object::find_condition(p->status.conditions, "PodScheduled");
        std::cout << p->metadata.name << '\t' << p->spec.node_name << '\t' << (why ? why->message : "")
                  << '\n';
    }
}

/// \file
/// \brief Replace a plugin of the stock scheduler, add a filter and a score, test both in a line each, and
/// run them in a control plane in this process.

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/registry.hpp>
#include <berth/kube/schedule/scheduler.hpp>
#include <berth/schedule/replace.hpp>
#include <berth/sim/run.hpp>

#include <iostream>

using namespace berth;
using namespace berth::kube;
/// How many pods of a pod's team a node has.
auto of_team(pod_info const& p, node_info const& n) -> int {
    auto count = 0;
    for (auto const& other : n.pods) count += other->labels() == p.labels() ? 1 : 0;
    return count;
}
constexpr auto two_at_most = schedule::filter<"two at most", schedule::reads<&node_info::pods>>(
    [](pod_info const& p, node_info const& n) {
        return of_team(p, n) < 2 ? schedule::accept : schedule::reject("node(s) had two pods of the team");
    });
constexpr auto apart = schedule::score<"apart", schedule::reads<&node_info::pods>>(
    [](pod_info const& p, node_info const& n) { return -of_team(p, n); });
constexpr auto fullest = schedule::score<plugins::fit_points>({plugins::fit_strategy::most_allocated});
constexpr auto mine = schedule::profile{
    .name = "default-scheduler",
    .filter = default_profile.filter and two_at_most,
    .preempt = default_profile.preempt,
    .score = schedule::replace<"NodeResourcesFit">(default_profile.score, fullest) + 500 * apart};
auto main() -> int {
    if (judge(two_at_most, pod_info(), node_info()) != schedule::accept) return 1;           // tests a filter
    if (rate(apart, pod_info(), std::vector<node_info>(2)) != std::vector{0., 0.}) return 1; // and a score
    auto const clock = sim::virtual_clock();
    auto store = api::memory_store();
    auto server = api::server(store, kube::registry(), {[&] { return clock.now(); }, 0, {}});
    auto scheduler = kube::scheduler(server, {}, mine);
    auto n = node();
    for (auto const* const what : {"cpu", "memory", "pods"})
        n.status.allocatable[what] = object::quantity::of(64);
    for (auto const* const name : {"a", "b"}) {
        n.metadata.name = name;
        (void)api::update(server, n, api::create(server, n).value().revision_of(), "status").value();
    }
    auto p = pod();
    p.metadata.namespace_ = "default";
    auto& main_container = p.spec.containers.emplace_back();
    main_container.name = main_container.image = "main";
    for (auto const* const name : {"red-1", "red-2", "red-3", "red-4", "red-5", "blue-1"}) {
        p.metadata.name = name;
        p.metadata.labels["team"] = p.metadata.name.substr(0, 3);
        (void)api::create(server, p).value();
    }
    sim::run(clock, {.seed = 7, .time_limit = seconds(5)}, scheduler);
    auto const pods = api::list<pod>(server).value();
    for (auto const& q : pods) {
        auto const& why = q->status.conditions; // of one that waits: what the scheduler says
        std::cout << q->metadata.name << '\t'
                  << (why.empty() || !q->spec.node_name.empty() ? q->spec.node_name
                                                                : "waits: " + why[0].message)
                  << '\n';
    }
}

/// \file
/// \brief Measure a plugin of one's own beside the stock ones, with a memory of decisions and without, and a
/// store with a layer beside the bare one.

#include <berth/bench/pod_workload.hpp>
#include <berth/bench/store_load.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/schedule/replace.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/with_prefix.hpp>

#include <iostream>
#include <string>
#include <vector>

using namespace berth;

/// The fewer processors a pod leaves, the better.
constexpr auto snug = schedule::score<"Snug", schedule::reads<&kube::node_info::requested>>(
    [](kube::pod_info const& p, kube::node_info const& n) -> schedule::points {
        auto const left = n.allocatable.cpu - n.requested.cpu - p.request.cpu;
        return n.allocatable.cpu == 0
                   ? 0
                   : 100. * static_cast<double>(-left) / static_cast<double>(n.allocatable.cpu);
    });
constexpr auto mine = schedule::profile{
    .name = "mine",
    .filter = kube::default_profile.filter,
    .score = schedule::replace<"NodeResourcesFit">(kube::default_profile.score, snug),
};

auto main() -> int {
    for (auto const* const shape : {"SchedulingBasic", "TopologySpreading"}) {
        auto load = bench::make_workload(shape, 1000);
        load.tasks.resize(500);
        auto const once = bench::decision_effort{.rounds = 1};
        auto const anew = bench::decision_effort{.remember = false, .rounds = 1, .before = 0};
        auto const stock = bench::measure(kube::default_profile, load, once);
        auto const own = bench::measure(mine, load, once);
        load.tasks.resize(20);
        auto const all = std::vector<bench::contender>{
            {"stock", stock},
            {"mine", own},
            {"stock, without memory", bench::measure(kube::default_profile, load, anew)},
            {"mine, without memory", bench::measure(mine, load, anew)},
        };
        std::cout << shape << ", decisions over 1000 nodes\n" << bench::table(all) << '\n';
        if (stock.answers == own.answers) return 1; // then the plugin would have changed nothing
    }

    auto bare = store::memory<std::string>();
    auto counted = store::memory<std::string>() | store::with_prefix("mine");
    auto const all = std::vector<bench::contender>{
        {"memory", bench::measure(bare, {})},
        {"memory | with_prefix", bench::measure(counted, {})},
    };
    std::cout << "half puts, half gets of 10,000 keys\n" << bench::table(all);
}

/// \file
/// A whole control plane in one process: an API server, a scheduler with a policy of one's own, simulated
/// nodes.

#include "policy.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/registry.hpp>
#include <berth/kube/schedule/scheduler.hpp>
#include <berth/node/agent.hpp>
#include <berth/node/simulated_runtime.hpp>
#include <berth/sim/run.hpp>

#include <algorithm>
#include <iostream>

auto main() -> int {
    using namespace fleet;
    auto const clock = sim::virtual_clock();
    auto store = api::memory_store();
    auto server = api::server(store, kube::registry(),
                              {.now = [&] { return clock.now(); }, .seed = 1, .admission = {}});

    auto const ship = [&](std::string name, std::string sea) {
        auto options = node::agent_options{.name = std::move(name), .pod_cidr_patience = {}};
        options.labels["sea"] = std::move(sea);
        return node::agent(node::simulated_runtime(), server, std::move(options));
    };
    auto anna = ship("anna", "baltic");
    auto berta = ship("berta", "baltic");
    auto carla = ship("carla", "adriatic");
    auto told = kube::scheduler_options();
    told.explain = [](auto const& key, auto const&, auto const& why) {
        std::cout << key.name << ": " << why << '\n';
    };
    auto scheduler = kube::scheduler(server, std::move(told), policy);

    for (std::string const name : {"cook", "lookout"}) {
        auto wanted = kube::pod();
        wanted.metadata.namespace_ = "default";
        wanted.metadata.name = name;
        wanted.metadata.labels["sea"] = "baltic";
        auto& container = wanted.spec.containers.emplace_back();
        container.name = "main";
        container.image = "example.com/" + name + ":1";
        if (auto made = api::create(server, wanted); !made)
            return std::cerr << made.error().message << '\n', 1;
    }
    auto const all_run = [&] {
        auto const pods = api::list<kube::pod>(server).value();
        return std::all_of(pods.begin(), pods.end(),
                           [](auto const& p) { return p->status.phase == "Running"; });
    };
    auto const report = sim::run(clock, {.until = all_run}, scheduler, anna, berta, carla);
    auto const pods = api::list<kube::pod>(server).value();
    for (auto const& p : pods)
        std::cout << p->metadata.name << ": " << p->status.phase << " on " << p->spec.node_name << '\n';
    std::cout << report.to_string() << '\n';
    return all_run() ? 0 : 1;
}

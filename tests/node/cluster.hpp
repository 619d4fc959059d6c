#pragma once

/// \file
/// A small world for tests of agents: an API over a memory store, virtual time, pods that are made in a line.

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/secret/type.hpp>
#include <berth/node.hpp>
#include <berth/sim/virtual_clock.hpp>

#include <functional>
#include <string>
#include <vector>

// What takes long to compile and is the same for all tests: see cluster.cpp.
namespace berth::object {
extern template auto type_of<kube::pod>() -> type_info const&;
extern template auto type_of<kube::node>() -> type_info const&;
extern template auto type_of<kube::lease>() -> type_info const&;
extern template auto type_of<kube::secret>() -> type_info const&;
extern template auto type_of<kube::config_map>() -> type_info const&;
} // namespace berth::object

namespace test {

using namespace berth;

/// An event that an agent told.
struct told {
    std::string type, reason, message, field;
    friend auto operator==(told const&, told const&) -> bool = default;
};

/// The kinds that an agent needs. Compiled once, in cluster.cpp.
auto node_kinds() -> api::registry;

/// An API server in memory, with a clock.
struct desk {
    using server_type = api::server;

    sim::virtual_clock clock;
    api::memory_store store;
    api::registry kinds = node_kinds();
    server_type server{store, kinds, {.now = [c = clock] { return c.now(); }, .seed = 1, .admission = {}}};
    std::vector<told> events;      ///< of pods
    std::vector<told> node_events; ///< of the node

    auto now() const -> time_point { return clock.now(); }
    auto sink() -> node::event_sink {
        return [this](reconcile::note const& n, std::string const& field, time_point) {
            auto& to = *n.regarding.resource == kube::node::resource ? node_events : events;
            to.push_back({n.type, n.reason, n.message, field});
        };
    }
    auto pod(std::string const& name) -> kube::pod {
        return *api::get<kube::pod>(server, {"default", name}).value();
    }
    auto has_pod(std::string const& name) -> bool {
        return api::get<kube::pod>(server, {"default", name}).has_value();
    }
    auto add(kube::pod p) -> kube::pod { return *api::create(server, std::move(p)).value(); }
    auto reasons() const -> std::vector<std::string> { return reasons_of(events); }
    static auto reasons_of(std::vector<told> const& told_of) -> std::vector<std::string> {
        auto out = std::vector<std::string>();
        for (auto const& e : told_of) out.push_back(e.reason);
        return out;
    }

    /// Steps an agent until it has nothing to do before `until` comes, moving the clock along.
    template <class Agent> auto run(Agent& agent, duration span) -> void {
        auto const until = now() + span;
        for (auto steps = 0; steps < 100'000; ++steps) {
            auto const w = agent.step(now());
            if (w.kind == wake::when::again) continue;
            if (w.kind == wake::when::signalled || w.time > until) break;
            clock.advance_to(w.time);
        }
        clock.advance_to(until);
    }
};

/// A container that would run a command.
inline auto make_container(std::string name, std::vector<std::string> command = {"serve"})
    -> kube::container {
    auto out = kube::container();
    out.name = std::move(name);
    out.image = "example.com/app:1";
    out.command = std::move(command);
    out.termination_message_path = "/dev/termination-log";
    out.termination_message_policy = "File";
    out.image_pull_policy = "IfNotPresent";
    return out;
}

/// A pod on `node-1` with one container, `app`, unless others are given.
inline auto make_pod(std::string name, object::list<kube::container> containers = {}) -> kube::pod {
    auto out = kube::pod();
    out.metadata.name = std::move(name);
    out.metadata.namespace_ = "default";
    out.spec.node_name = "node-1";
    out.spec.containers = containers.empty() ? std::vector{make_container("app")} : std::move(containers);
    out.spec.restart_policy = "Always";
    out.spec.dns_policy = "ClusterFirst";
    out.spec.scheduler_name = "default-scheduler";
    out.spec.termination_grace_period_seconds = 30;
    out.spec.security_context = kube::pod_security_context();
    return out;
}

/// A pod's condition as text: `True`, `False ContainersNotReady` ...
inline auto condition(kube::pod const& p, std::string_view type) -> std::string {
    auto const* c = object::find_condition(p.status.conditions, type);
    if (c == nullptr) return "absent";
    return c->reason.empty() ? c->status : c->status + " " + c->reason;
}

/// What a container does: `running`, `waiting CrashLoopBackOff`, `terminated Error 3` ...
inline auto state(kube::container_status const& s) -> std::string {
    if (s.state.running) return "running";
    if (s.state.terminated)
        return "terminated " + s.state.terminated->reason + " " +
               std::to_string(s.state.terminated->exit_code);
    return s.state.waiting ? "waiting " + s.state.waiting->reason : "nothing";
}

} // namespace test

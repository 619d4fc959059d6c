/// \file
/// Workers: nodes that run the pods they are given, as real processes or as pretended ones.

#include "parts.hpp"

#include <berth/core/threads.hpp>
#include <berth/kube/core/event/recorder.hpp>
#include <berth/node/agent.hpp>
#include <berth/node/fleet.hpp>
#include <berth/node/local_volumes.hpp>
#include <berth/node/process_runtime.hpp>

namespace plane {

namespace {

class worker final : public part {
public:
    worker(api_access const& api, berth::node::process_runtime runtime, berth::node::agent_options options)
        : client_(api.as(berth::api::node_identity(options.name))),
          recorder_(client_, {"kubelet", options.name}),
          folders_client_(
              api.as(berth::api::service_account_identity("kube-system", "persistent-volume-binder"))),
          folders_(folders_client_, {.node = options.name, .directory = options.volume_directory}),
          agent_(std::move(runtime), client_, std::move(options), events()) {}

    auto run(std::stop_token stop) -> void override { berth::run_on_threads(stop, agent_, folders_); }

private:
    auto events() -> berth::node::event_sink {
        return [this](auto const& note, auto const& field_path, auto now) {
            recorder_.record(note, field_path, now);
        };
    }

    berth::api::any_client client_;
    berth::kube::event_recorder recorder_;
    berth::api::any_client folders_client_;
    berth::node::local_volume_keeper folders_;
    berth::node::agent<berth::node::process_runtime> agent_;
};

/// Who speaks for all nodes at once: somebody who may do what any node may.
auto fleet_identity() -> berth::api::identity {
    auto out = berth::api::system_identity("node-fleet");
    out.groups.emplace_back(berth::api::masters_group);
    out.field_manager = "kubelet";
    return out;
}

class fleet final : public simulated_workers {
public:
    fleet(api_access const& api, berth::node::fleet_options options)
        : client_(api.as(fleet_identity())),
          recorder_(client_, {"kubelet", ""}, {.remembered = 4096 + 16 * options.nodes.size(), .batch = 256}),
          nodes_(client_, std::move(options),
                 [this](auto const& note, auto const& field_path, auto const& node, auto now) {
                     recorder_.record(note, field_path, node, now);
                 }) {}

    auto run(std::stop_token stop) -> void override { berth::run_on_threads(stop, *this); }
    auto step(berth::time_point now) -> berth::wake {
        auto const next = nodes_.step(now);
        recorder_.flush();
        return next;
    }
    auto on_wake(berth::waker w) -> void { nodes_.on_wake(w); }
    auto lose(std::string const& name) -> void override { nodes_.lose(name); }

private:
    berth::api::any_client client_;
    berth::kube::event_recorder recorder_;
    berth::node::fleet nodes_;
};

auto agent_options_of(worker_options const& o) -> berth::result<berth::node::agent_options> {
    auto out = berth::node::agent_options{.name = o.name};
    out.log_directory = o.logs;
    out.labels = o.labels;
    out.own_pod_cidr = o.own_ranges;
    out.lease_interval = o.heartbeat;
    out.usage_interval = o.usage_interval;
    out.pretended.runs_for = o.pretended_run;
    out.pretended.exit_code = o.pretended_exit_code;
    for (auto const& [name, text] :
         {std::pair{"cpu", o.capacity_cpu}, std::pair{"memory", o.capacity_memory}}) {
        if (text.empty()) continue;
        auto const amount = berth::object::quantity::parse(text);
        if (!amount) return std::unexpected(amount.error());
        out.capacity[name] = *amount;
    }
    return out;
}

} // namespace

auto make_worker(api_access const& api, worker_options options) -> berth::result<std::unique_ptr<part>> {
    auto agent = agent_options_of(options);
    if (!agent) return std::unexpected(std::move(agent).error());
    agent->volume_directory = options.volumes;
    auto processes = berth::node::process_runtime::open();
    if (!processes) return std::unexpected(std::move(processes).error());
    return std::make_unique<worker>(api, *std::move(processes), *std::move(agent));
}

auto make_simulated_workers(api_access const& api, std::vector<worker_options> const& workers)
    -> berth::result<std::unique_ptr<simulated_workers>> {
    auto each = agent_options_of(workers.front());
    if (!each) return std::unexpected(std::move(each).error());
    auto options = berth::node::fleet_options{};
    options.each = *std::move(each);
    options.each.labels = {};
    options.each.pretend_volumes = true;
    for (auto const& w : workers) options.nodes.push_back({w.name, w.labels});
    return std::make_unique<fleet>(api, std::move(options));
}

} // namespace plane

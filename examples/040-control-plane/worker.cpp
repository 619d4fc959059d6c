/// \file
/// A worker node: an agent that runs the pods it is given, as real processes or as pretended ones.

#include "parts.hpp"

#include <berth/core/threads.hpp>
#include <berth/kube/core/event/recorder.hpp>
#include <berth/node/agent.hpp>
#include <berth/node/process_runtime.hpp>
#include <berth/node/simulated_runtime.hpp>

namespace plane {

namespace {

template <class Runtime> class worker final : public part {
public:
    worker(api_access const& api, Runtime runtime, berth::node::agent_options options)
        : client_(api.as(berth::api::node_identity(options.name))),
          recorder_(client_, {"kubelet", options.name}),
          agent_(std::move(runtime), client_, std::move(options), events()) {}

    auto run(std::stop_token stop) -> void override { berth::run_on_threads(stop, agent_); }

private:
    auto events() -> berth::node::event_sink {
        return [this](auto const& note, auto const& field_path, auto now) {
            recorder_.record(note, field_path, now);
        };
    }

    berth::api::any_client client_;
    berth::kube::event_recorder recorder_;
    berth::node::agent<Runtime> agent_;
};

auto agent_options_of(worker_options const& o) -> berth::result<berth::node::agent_options> {
    auto out = berth::node::agent_options{.name = o.name};
    out.log_directory = o.logs;
    out.labels = o.labels;
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
    if (options.simulated)
        return std::make_unique<worker<berth::node::simulated_runtime>>(api, berth::node::simulated_runtime(),
                                                                        *agent);
    auto processes = berth::node::process_runtime::open();
    if (!processes) return std::unexpected(std::move(processes).error());
    return std::make_unique<worker<berth::node::process_runtime>>(api, *std::move(processes),
                                                                  *std::move(agent));
}

} // namespace plane

#pragma once

/// \file
/// Tells the API what the containers of nodes use.

#include <berth/core/step.hpp>
#include <berth/kube/metrics/node_summary/type.hpp>
#include <berth/node/detail/node_context.hpp>
#include <berth/node/detail/usage_summary.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace berth::node::detail {

/// Reports what the containers of an agent's pods, or of a fleet's, use: a summary for each node, all in one
/// batch, once an interval. Real containers are measured, pretended ones use what they are said to. An API
/// that takes none of it is asked again ever more rarely.
template <class Runtime> class usage_report {
public:
    explicit usage_report(node_context<Runtime>& ctx) : ctx_(&ctx) {}

    /// `each_pod(f)` calls `f` with each `pod_worker`, `each_node(f)` with the names of the nodes that
    /// report, also without pods.
    template <class EachNode, class EachPod>
    auto step(EachNode const& each_node, EachPod const& each_pod, time_point now) -> wake {
        auto const interval = ctx_->options.usage_interval;
        if (interval <= duration{}) return wake::signalled();
        if (now < due_) return wake::at(due_);
        due_ = now + interval * refusals_;
        auto const first = !measured_;
        auto const rates = measure(now);
        if (first && measures) return wake::at(due_ = now + std::min(interval, seconds(1)));
        auto summaries = std::map<std::string, usage_summary>();
        each_node([&](std::string const& name) { summaries[name]; });
        each_pod([&](auto const& worker) {
            summaries[worker.pod().spec.node_name].add(worker.pod(), [&](auto take) {
                worker.each_running([&](kube::container const& c, container_id id) {
                    if constexpr (measures) {
                        if (auto const found = rates.find(id); found != rates.end())
                            take(c.name, found->second);
                    } else {
                        take(c.name, pretended_usage_of(worker.pod(), c, ctx_->options.pretended));
                    }
                });
            });
        });
        tell(summaries, now);
        return wake::at(due_);
    }

private:
    static constexpr std::size_t most_writes = 1024; // in one batch
    static constexpr bool measures = requires(Runtime const& r) { r.used(); };

    /// What real containers used per second since the last look.
    auto measure(time_point now) -> std::map<container_id, container_rate> {
        auto out = std::map<container_id, container_rate>();
        if constexpr (measures) {
            auto used = ctx_->runtime.used();
            window_ = now - std::exchange(measured_at_, now);
            for (auto const& [id, use] : used) {
                auto const before = last_.find(id);
                auto const since = before == last_.end() ? duration{} : before->second.cpu;
                out.emplace(id, rate_of(use, since, window_));
            }
            last_ = std::move(used);
        } else {
            window_ = ctx_->options.usage_interval;
        }
        measured_ = true;
        return out;
    }

    auto tell(std::map<std::string, usage_summary> const& summaries, time_point now) -> void {
        auto writes = std::vector<api::write>();
        auto refused = false;
        auto const send = [&] {
            auto const answers = ctx_->client.commit(writes);
            refused = !answers.empty() && std::none_of(answers.begin(), answers.end(),
                                                       [](auto const& a) { return a.has_value(); });
            writes.clear();
        };
        for (auto const& [name, summary] : summaries) {
            if (refused) break;
            writes.emplace_back(api::create_request{
                object::any_object(summary.as_object(name, ctx_->options, window_, now))});
            if (writes.size() == most_writes) send();
        }
        if (!writes.empty()) send();
        refusals_ = refused ? std::min<std::int64_t>(refusals_ * 2, 20) : 1;
    }

    node_context<Runtime>* ctx_;
    time_point due_{};
    time_point measured_at_{};
    bool measured_ = false;
    duration window_{};
    std::map<container_id, container_use> last_;
    std::int64_t refusals_ = 1; ///< so many intervals until the next try
};

} // namespace berth::node::detail

#pragma once

/// \file
/// The bodies of `berth/node/fleet.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/detail/fleet_nodes.hpp>
#include <berth/node/detail/pod_news.hpp>
#include <berth/node/detail/pod_workers.hpp>
#include <berth/node/detail/usage_report.hpp>
#include <berth/node/fleet.hpp>

#include <mutex>
#include <utility>

namespace berth::node {

struct fleet::state {
    state(api::any_client client, fleet_options o, fleet_event_sink events)
        : options(std::move(o)),
          runtime(options.containers),
          ctx{runtime,
              client,
              options.each,
              std::move(events),
              capacity_of(runtime.machine(), options.each),
              runtime.machine().runtime_name},
          nodes(client, options, runtime.machine()),
          news(std::move(client), nodes.selection_of_pods()),
          workers(ctx),
          usage(ctx) {}

    /// Takes what was said by other threads.
    auto hear_losses(time_point now) -> void {
        auto names = std::vector<std::string>();
        {
            auto const lock = std::scoped_lock(mutex);
            names.swap(losses);
        }
        for (auto const& name : names) {
            if (!nodes.lose(name)) continue;
            workers.drop_if([&](kube::pod const& p) { return p.spec.node_name == name; }, now);
        }
    }

    auto hear(reconcile::change const& c, time_point now) -> void {
        auto pod = object::stored<kube::pod>(c.latest());
        auto* const addresses = nodes.addresses_of(pod->spec.node_name);
        if (addresses == nullptr) return;
        if (c.type == reconcile::change::kind::deleted) workers.remove(std::move(pod));
        else workers.put(std::move(pod), *addresses, now);
    }

    fleet_options options;
    simulated_runtime runtime;
    detail::node_context<simulated_runtime> ctx;
    detail::fleet_nodes nodes;
    detail::pod_news news;
    detail::pod_workers<simulated_runtime> workers;
    detail::usage_report<simulated_runtime> usage;
    std::mutex mutex;
    std::vector<std::string> losses;
    waker woken; ///< guarded by the mutex
};

BERTH_DECL fleet::fleet(api::any_client client, fleet_options options, fleet_event_sink events)
    : state_(std::make_unique<state>(std::move(client), std::move(options), std::move(events))) {}

BERTH_DECL fleet::fleet(fleet&&) noexcept = default;
BERTH_DECL auto fleet::operator=(fleet&&) noexcept -> fleet& = default;
BERTH_DECL fleet::~fleet() = default;

BERTH_DECL auto fleet::on_wake(waker w) -> void {
    state_->nodes.on_wake(w);
    state_->news.on_wake(w);
    auto const lock = std::scoped_lock(state_->mutex);
    state_->woken = w;
}

BERTH_DECL auto fleet::step(time_point now) -> wake {
    auto& s = *state_;
    s.hear_losses(now);
    auto next = s.nodes.step(now);
    for (auto const* const of : s.nodes.take_addressed()) s.workers.addresses_known(*of);
    next = sooner(next, s.news.step(now));
    for (auto const& c : s.news.take()) s.hear(c, now);
    s.workers.poll(now);
    next = sooner(next, s.workers.step(now));
    auto const each_node = [&s](auto f) {
        for (auto const& n : s.options.nodes)
            if (s.nodes.addresses_of(n.name) != nullptr) f(n.name);
    };
    next = sooner(next, s.usage.step(each_node, [&s](auto f) { s.workers.each_pod(f); }, now));
    return sooner(next, s.runtime.next(now));
}

BERTH_DECL auto fleet::lose(std::string name) -> void {
    auto const lock = std::scoped_lock(state_->mutex);
    state_->losses.push_back(std::move(name));
    state_->woken();
}

BERTH_DECL auto fleet::runtime() -> simulated_runtime& { return state_->runtime; }

BERTH_DECL auto fleet::counters() const -> fleet_counters {
    auto out = state_->nodes.counters();
    out.pods = state_->workers.size();
    return out;
}

BERTH_DECL auto fleet::problem() const -> std::optional<error> const& { return state_->nodes.problem(); }

} // namespace berth::node

#pragma once

/// \file
/// The agent of a node: registers it, keeps its lease, and runs the pods that are bound to it (the kubelet's
/// part).
///
/// What it does not do: pull images, mount volumes (see node/volumes.hpp), give pods a network of their own
/// (the addresses that it hands out are names only; probes go to the machine), apply security contexts, gRPC
/// probes, ephemeral containers.

#include <berth/node/detail/heartbeat.hpp>
#include <berth/node/detail/pod_news.hpp>
#include <berth/node/detail/pod_workers.hpp>
#include <berth/node/detail/usage_report.hpp>

#include <memory>

namespace berth::node {

/// A component that is one node. It speaks to its runtime, which it owns, and to the API through a client;
/// time comes in with each step. Everything runs in `step`, by one thread at a time; the client may be
/// shared.
///
/// Containers live no longer than their runtime: when an agent goes, they go. One that takes its place under
/// the same name finds what was running as ended (`ContainerStatusUnknown`) and starts it again if it should
/// run.
template <runtime Runtime> class agent {
public:
    /// `client` must outlive the agent. An invalid `pod_cidr` is a programming error of the caller's: pods
    /// get no addresses then; check it with `address_range::parse`. Without one pods wait until the node's
    /// range is known, those on the host's network excepted.
    agent(Runtime runtime, api::any_client client, agent_options options, event_sink events = {})
        : state_(std::make_unique<state>(std::move(runtime), std::move(client), std::move(options),
                                         std::move(events))) {}

    /// Gives the waker that brings the agent back when the API has something new.
    auto on_wake(waker w) -> void { state_->news.on_wake(w); }

    /// One slice of work: heartbeats, news of pods, ends of containers, what is due in pods.
    auto step(time_point now) -> wake {
        auto& s = *state_;
        auto next = s.beat.step(now);
        if (!s.beat.registered()) return next;
        know_addresses();
        next = sooner(next, s.news.step(now));
        for (auto& c : s.news.take()) {
            auto pod = object::stored<kube::pod>(c.latest());
            if (c.type == reconcile::change::kind::deleted) s.workers.remove(std::move(pod));
            else s.workers.put(std::move(pod), s.addresses, now);
        }
        s.workers.poll(now);
        next = sooner(next, s.workers.step(now));
        auto const each_pod = [&s](auto f) { s.workers.each_pod(f); };
        auto const each_node = [&s](auto f) { f(s.options.name); };
        next = sooner(next, s.usage.step(each_node, each_pod, now));
        return sooner(next, s.runtime.next(now));
    }

    /// In place of `step` when the agent is to stop: ends the containers with a short grace, tells the API
    /// nothing (the node will be missed), and answers nothing when it is done.
    auto drain(time_point now) -> std::optional<wake> {
        auto& s = *state_;
        auto const next = s.workers.abandon(s.options.drain_grace, now);
        if (!next) return std::nullopt;
        return sooner(*next, s.runtime.next(now));
    }

    /// The containers' runtime.
    [[nodiscard]] auto runtime() -> Runtime& { return state_->runtime; }
    [[nodiscard]] auto options() const -> agent_options const& { return state_->options; }
    /// How many pods the agent looks after, ended ones included.
    [[nodiscard]] auto pods() const -> std::size_t { return state_->workers.size(); }
    /// Why the node's last report or renewal failed, if it did.
    [[nodiscard]] auto problem() const -> std::optional<error> const& { return state_->beat.problem(); }

private:
    struct state {
        state(Runtime r, api::any_client client, agent_options o, event_sink e)
            : runtime(std::move(r)),
              options(std::move(o)),
              ctx{runtime,
                  client,
                  options,
                  with_node(std::move(e)),
                  capacity_of(runtime.machine(), options),
                  runtime.machine().runtime_name},
              beat(ctx),
              news(std::move(client), {.field_selector = "spec.nodeName=" + options.name}),
              workers(ctx),
              usage(ctx) {}

        static auto with_node(event_sink e) -> fleet_event_sink {
            if (!e) return {};
            return [e = std::move(e)](auto const& note, auto const& field, auto const&, auto now) {
                e(note, field, now);
            };
        }

        Runtime runtime;
        agent_options options;
        detail::node_context<Runtime> ctx;
        detail::heartbeat<Runtime> beat;
        detail::pod_news news;
        detail::node_addresses addresses;
        detail::pod_workers<Runtime> workers;
        detail::usage_report<Runtime> usage;
    };

    /// Pods get their addresses from what the node has in the API.
    auto know_addresses() -> void {
        auto& s = *state_;
        if (s.addresses.range || s.beat.pod_cidr().empty()) return;
        s.addresses.range = address_range::parse(s.beat.pod_cidr()).value_or(address_range());
        s.workers.addresses_known(s.addresses);
    }

    std::unique_ptr<state> state_;
};

} // namespace berth::node

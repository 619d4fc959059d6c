#pragma once

/// \file
/// The agent of a node: registers it, keeps its lease, and runs the pods that are bound to it (the kubelet's
/// part).
///
/// What it does not do: pull images, mount volumes (see node/volumes.hpp), give pods a network of their own
/// (the addresses that it hands out are names only; probes go to the machine), apply security contexts, gRPC
/// probes, ephemeral containers.

#include <berth/node/detail/heartbeat.hpp>
#include <berth/node/detail/pod_worker.hpp>
#include <berth/node/detail/usage_report.hpp>

#include <map>
#include <memory>
#include <set>

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
    /// get no addresses then; check it with `address_range::parse`.
    agent(Runtime runtime, api::any_client client, agent_options options, event_sink events = {})
        : state_(std::make_unique<state>(std::move(runtime), std::move(client), std::move(options),
                                         std::move(events))) {}

    /// Gives the waker that brings the agent back when the API has something new.
    auto on_wake(waker w) -> void {
        state_->when_told = w;
        if (state_->watch) state_->watch->on_wake(w);
    }

    /// One slice of work: heartbeats, news of pods, ends of containers, what is due in pods.
    auto step(time_point now) -> wake {
        auto& s = *state_;
        auto next = s.beat.step(now);
        if (!s.beat.registered()) return next;
        next = sooner(next, follow(now));
        for (auto const& report : s.ctx.runtime.poll(now)) deliver(report, now);
        next = sooner(next, sync_due(now));
        auto const each_pod = [&](auto f) {
            for (auto const& [uid, e] : s.workers) f(*e.pod);
        };
        next = sooner(next, s.usage.step({s.options.name}, each_pod, now));
        return sooner(next, s.ctx.runtime.next(now));
    }

    /// In place of `step` when the agent is to stop: ends the containers with a short grace, tells the API
    /// nothing (the node will be missed), and answers nothing when it is done.
    auto drain(time_point now) -> std::optional<wake> {
        auto& s = *state_;
        for (auto const& report : s.ctx.runtime.poll(now)) deliver(report, now);
        auto next = wake::signalled();
        for (auto& [uid, e] : s.workers) {
            e.pod->abandon(s.options.drain_grace);
            next = sooner(next, e.pod->sync(now));
        }
        std::erase_if(s.workers, [](auto const& e) { return e.second.pod->gone(); });
        if (s.workers.empty()) return std::nullopt;
        return sooner(next, s.ctx.runtime.next(now));
    }

    /// The containers' runtime.
    [[nodiscard]] auto runtime() -> Runtime& { return state_->runtime; }
    [[nodiscard]] auto options() const -> agent_options const& { return state_->options; }
    /// How many pods the agent looks after, ended ones included.
    [[nodiscard]] auto pods() const -> std::size_t { return state_->workers.size(); }
    /// Why the node's last report or renewal failed, if it did.
    [[nodiscard]] auto problem() const -> std::optional<error> const& { return state_->beat.problem(); }

private:
    using worker = detail::pod_worker<Runtime>;

    static constexpr int events_per_step = 512;
    static constexpr int syncs_per_step = 128;

    struct entry {
        std::unique_ptr<worker> pod;
        wake due = wake::again();
    };

    struct state {
        state(Runtime r, api::any_client client, agent_options o, event_sink e)
            : runtime(std::move(r)),
              options(std::move(o)),
              events(std::move(e)),
              ctx{runtime,
                  std::move(client),
                  options,
                  events,
                  capacity_of(runtime.machine(), options),
                  runtime.machine().runtime_name,
                  address_range::parse(pod_cidr_of(options)).value_or(address_range()),
                  {}},
              beat(ctx),
              usage(ctx) {}

        Runtime runtime;
        agent_options options;
        event_sink events;
        detail::node_context<Runtime> ctx;
        detail::heartbeat<Runtime> beat;
        detail::usage_report<Runtime> usage;
        std::map<std::string, entry> workers; ///< by uid
        std::optional<api::any_watch> watch;
        object::revision seen = 0;
        time_point list_due{};
        waker when_told;
    };

    // --- news ---

    /// Reads the watch, opening it first (and again, when it has ended).
    auto follow(time_point now) -> wake {
        auto& s = *state_;
        if (!s.watch && now < s.list_due) return wake::at(s.list_due);
        if (!s.watch && !open(now)) {
            s.list_due = now + seconds(1);
            return wake::at(s.list_due);
        }
        for (auto n = 0; n < events_per_step; ++n) {
            auto event = s.watch->next();
            if (!event) {
                s.watch.reset();
                if (event.error().code == error_code::expired) return wake::again();
                s.list_due = now + seconds(1);
                return wake::at(s.list_due);
            }
            if (!*event) return wake::signalled();
            take(std::move(**event), now);
        }
        return wake::again();
    }

    [[nodiscard]] auto selector() const -> std::string { return "spec.nodeName=" + state_->options.name; }

    /// Lists the pods of the node and watches from there. Pods that are no longer there are removed.
    auto open(time_point now) -> bool {
        auto& s = *state_;
        auto listing = api::list_options();
        listing.field_selector = selector();
        auto const page = s.ctx.client.list(kube::pod::resource, listing);
        if (!page) return false;
        auto watching = api::watch_options();
        watching.field_selector = selector();
        watching.resource_version = std::to_string(page->rev);
        watching.allow_bookmarks = true;
        auto watch = s.ctx.client.watch(kube::pod::resource, watching);
        if (!watch) return false;
        auto present = std::set<std::string>();
        for (auto const& item : page->items) {
            present.insert(item->metadata().uid);
            put(object::stored<kube::pod>(item), now);
        }
        for (auto& [uid, e] : s.workers)
            if (!present.contains(uid)) {
                e.pod->removed();
                e.due = wake::again();
            }
        s.watch.emplace(*std::move(watch));
        s.watch->on_wake(s.when_told);
        return true;
    }

    auto take(api::watch_event event, time_point now) -> void {
        using kind = api::watch_event::kind;
        if (event.type == kind::bookmark || !event.object) return;
        auto pod = object::stored<kube::pod>(std::move(event.object));
        if (event.type != kind::deleted) return put(std::move(pod), now);
        auto const found = state_->workers.find(pod->metadata.uid);
        if (found == state_->workers.end()) return;
        found->second.pod->update(std::move(pod));
        found->second.pod->removed();
        found->second.due = wake::again();
    }

    auto put(object::stored<kube::pod> pod, time_point now) -> void {
        auto& e = state_->workers[pod->metadata.uid];
        e.due = wake::again();
        if (e.pod) e.pod->update(std::move(pod));
        else e.pod = std::make_unique<worker>(state_->ctx, std::move(pod), now);
    }

    // --- work ---

    auto deliver(exit_report const& report, time_point now) -> void {
        auto& s = *state_;
        auto const found = s.ctx.routes.find(report.id);
        if (found == s.ctx.routes.end()) return;
        auto const to = found->second;
        s.ctx.routes.erase(found);
        auto const owner = s.workers.find(to.uid);
        if (owner == s.workers.end()) return;
        owner->second.pod->reported(to, report, now);
        owner->second.due = wake::again();
    }

    auto sync_due(time_point now) -> wake {
        auto next = wake::signalled();
        auto left = syncs_per_step;
        for (auto i = state_->workers.begin(); i != state_->workers.end();) {
            auto& e = i->second;
            auto const due =
                e.due.kind == wake::when::again || (e.due.kind == wake::when::at && e.due.time <= now);
            if (due && left-- > 0) e.due = e.pod->sync(now);
            if (e.pod->gone()) {
                e.pod->clean();
                i = state_->workers.erase(i);
                continue;
            }
            next = sooner(next, e.due);
            ++i;
        }
        return next;
    }

    std::unique_ptr<state> state_;
};

} // namespace berth::node

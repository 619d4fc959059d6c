#pragma once

/// \file
/// The pods of an agent, or of a fleet of nodes: each is brought on when something is due, and what is to be
/// told of them is written in batches.

#include <berth/core/step.hpp>
#include <berth/node/detail/pod_worker.hpp>

#include <csignal>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace berth::node::detail {

/// Workers by the uids of their pods. A step costs what is due and nothing for the others. The context must
/// outlive it.
template <class Runtime> class pod_workers {
public:
    explicit pod_workers(node_context<Runtime>& ctx) : ctx_(&ctx) {}

    [[nodiscard]] auto size() const -> std::size_t { return entries_.size(); }
    /// Calls `f` with each worker.
    template <class F> auto each_pod(F f) const -> void {
        for (auto const& [uid, e] : entries_) f(std::as_const(e->pod));
    }

    /// A state of a pod, which may be new, on the node whose addresses these are; they must outlive it.
    auto put(object::stored<kube::pod> pod, node_addresses& addresses, time_point now) -> void {
        auto& e = entries_[pod->metadata.uid];
        if (!e) e = std::make_unique<entry>(++last_, *ctx_, addresses, std::move(pod), now);
        else if (!e->pod.update(std::move(pod))) return; // our own write comes back
        make_ready(*e);
    }
    /// A pod is no longer in the API; `last` is its last state.
    auto remove(object::stored<kube::pod> last) -> void {
        auto const found = entries_.find(last->metadata.uid);
        if (found == entries_.end()) return;
        found->second->pod.update(std::move(last));
        found->second->pod.removed();
        make_ready(*found->second);
    }
    /// Pods that wait for an address may go on now.
    auto addresses_known(node_addresses const& of) -> void {
        auto const waiting = waiting_.extract(&of);
        if (waiting.empty()) return;
        for (auto const& uid : waiting.mapped())
            if (auto const found = entries_.find(uid); found != entries_.end()) {
                found->second->waits = false;
                make_ready(*found->second);
            }
    }

    /// Takes what the runtime tells.
    auto poll(time_point now) -> void {
        for (auto const& report : ctx_->runtime.poll(now)) {
            auto const found = ctx_->routes.find(report.id);
            if (found == ctx_->routes.end()) continue;
            auto const to = found->second;
            ctx_->routes.erase(found);
            to.pod->reported(to, report, now);
            make_ready(*entries_.find(to.pod->pod().metadata.uid)->second);
        }
    }

    /// Brings on the pods that are due, up to a number, and writes what is to be told of them.
    auto step(time_point now) -> wake {
        while (!timers_.empty() && timers_.begin()->first.first <= now) make_ready(*timers_.begin()->second);
        auto turn = std::vector<entry*>();
        while (!ready_.empty() && turn.size() < pods_per_step) {
            turn.push_back(ready_.front());
            ready_.pop_front();
            turn.back()->is_ready = false;
            turn.back()->pod.sync(now);
        }
        for (auto round = 0; round < 4 && write(turn, now); ++round) {}
        for (auto* const e : turn) settle(*e);
        if (!ready_.empty()) return wake::again();
        return timers_.empty() ? wake::signalled() : wake::at(timers_.begin()->first.first);
    }

    /// Ends all containers within `grace` and tells the API nothing; answers nothing when it is done.
    auto abandon(duration grace, time_point now) -> std::optional<wake> {
        poll(now);
        auto next = wake::signalled();
        for (auto& [uid, e] : entries_) {
            e->pod.abandon(grace);
            e->pod.sync(now);
            next = sooner(next, e->pod.next());
        }
        std::erase_if(entries_, [this](auto const& e) {
            if (!e.second->pod.gone()) return false;
            forget_turns(*e.second);
            return true;
        });
        if (entries_.empty()) return std::nullopt;
        return next;
    }

    /// Pods whose machine is gone: what they had in the runtime is killed, and nothing is told.
    template <class Of> auto drop_if(Of const& of, time_point now) -> void {
        auto lost = std::unordered_set<pod_worker<Runtime> const*>();
        for (auto const& [uid, e] : entries_)
            if (of(e->pod.pod())) lost.insert(&e->pod);
        std::erase_if(ctx_->routes, [&](auto const& r) {
            if (!lost.contains(r.second.pod)) return false;
            [[maybe_unused]] auto const sent = ctx_->runtime.signal(r.first, SIGKILL, now);
            return true;
        });
        std::erase_if(entries_, [&](auto const& e) {
            if (!lost.contains(&e.second->pod)) return false;
            forget_turns(*e.second);
            return true;
        });
    }

private:
    static constexpr std::size_t pods_per_step = 512;

    struct entry {
        entry(std::uint64_t n, node_context<Runtime>& ctx, node_addresses& addresses,
              object::stored<kube::pod> first, time_point now)
            : number(n), pod(ctx, addresses, std::move(first), now), of(&addresses) {}

        std::uint64_t number; ///< of those with one due time the elder comes first
        pod_worker<Runtime> pod;
        node_addresses const* of;
        std::optional<time_point> appointment = {}; ///< its place in `timers_`
        bool is_ready = false;                      ///< it is in `ready_`
        bool waits = false;                         ///< it is in `waiting_`
    };

    auto make_ready(entry& e) -> void {
        if (e.appointment) timers_.erase({*std::exchange(e.appointment, std::nullopt), e.number});
        if (std::exchange(e.is_ready, true)) return;
        ready_.push_back(&e);
    }
    auto forget_turns(entry& e) -> void {
        if (e.appointment) timers_.erase({*std::exchange(e.appointment, std::nullopt), e.number});
        if (std::exchange(e.is_ready, false)) std::erase(ready_, &e);
    }

    /// Writes what the pods have to tell, as one batch. Answers whether there was anything.
    auto write(std::vector<entry*> const& turn, time_point now) -> bool {
        auto writers = std::vector<entry*>();
        auto batch = std::vector<api::write>();
        for (auto* const e : turn) {
            auto w = e->pod.report(now);
            if (!w) continue;
            writers.push_back(e);
            batch.push_back(*std::move(w));
        }
        if (batch.empty()) return false;
        auto answers = ctx_->client.commit(batch);
        for (std::size_t i = 0; i < answers.size(); ++i) writers[i]->pod.answered(std::move(answers[i]), now);
        return true;
    }

    /// After its turn: a pod goes, waits for its time, or has another turn.
    auto settle(entry& e) -> void {
        if (e.pod.gone()) {
            e.pod.clean();
            forget_turns(e);
            entries_.erase(std::string(e.pod.pod().metadata.uid));
            return;
        }
        if (e.pod.waits_for_address() && !std::exchange(e.waits, true))
            waiting_[e.of].push_back(e.pod.pod().metadata.uid);
        auto const next = e.pod.next();
        if (next.kind == wake::when::again) make_ready(e);
        if (next.kind != wake::when::at || e.is_ready) return;
        e.appointment = next.time;
        timers_.emplace(std::pair(next.time, e.number), &e);
    }

    node_context<Runtime>* ctx_;
    std::unordered_map<std::string, std::unique_ptr<entry>> entries_;
    std::deque<entry*> ready_;
    std::map<std::pair<time_point, std::uint64_t>, entry*> timers_;
    std::unordered_map<node_addresses const*, std::vector<std::string>>
        waiting_; ///< uids, without an address
    std::uint64_t last_ = 0;
};

} // namespace berth::node::detail

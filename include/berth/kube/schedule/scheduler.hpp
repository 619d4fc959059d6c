#pragma once

/// \file
/// The scheduler: gives each pod that waits a node, by a profile, through an API.

#include <berth/api/client.hpp>
#include <berth/kube/core/binding/type.hpp>
#include <berth/kube/core/event/recorder.hpp>
#include <berth/kube/schedule/cluster_state.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/reconcile/cache.hpp>
#include <berth/schedule/cycle.hpp>

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace berth::kube {

/// What a scheduler may be told.
struct scheduler_options {
    std::string name = "default-scheduler"; ///< of the pods that it is to place
    std::size_t batch = 64;                 ///< the most pods of one step
    schedule::back_off wait;
    std::function<void(reconcile::note const&, time_point)> record; ///< hears what happened; may be left out
    /// Hears why each pod went where it did: its key, its node, the account of the decision as a table. May
    /// be left out, and costs something only if it is not.
    std::function<void(object::key const&, std::string const& node, std::string const& why)> explain;
};

/// What a scheduler has done.
struct scheduler_counters {
    std::uint64_t placed = 0;    ///< pods bound
    std::uint64_t refused = 0;   ///< attempts for which no node would do
    std::uint64_t conflicts = 0; ///< bindings that the API refused
};

/// Places pods one after the other, each on the best node for it as the cluster is with all earlier ones in
/// place. A component, and a shell around `schedule::cycle`: it tells the cycle what changes, and carries out
/// what becomes of each pod. A pod that no node takes is told why, in its condition `PodScheduled` and in an
/// event, and is tried again when something changes that its refusing filters read. A profile without
/// `.order` goes by priority, one without `.bind` binds through the API; victims of `.preempt` are
/// `pod_handle`s and are deleted. The client must outlive it.
template <api::client Client, class Profile = decltype(default_profile)> class scheduler {
public:
    explicit scheduler(Client& client, scheduler_options options = {}, Profile profile = default_profile)
        : client_(&client),
          options_(std::move(options)),
          cycle_(ordered_by_priority(std::move(profile)), options_.wait, hands{this}),
          caches_(client) {
        hear_nodes_ =
            caches_.listen(object::type_of<node>(), [this](auto const&, auto const& c) { hear_node(c); });
        hear_pods_ =
            caches_.listen(object::type_of<pod>(), [this](auto const&, auto const& c) { hear_pod(c); });
    }
    scheduler(scheduler const&) = delete;
    auto operator=(scheduler const&) -> scheduler& = delete;

    auto step(time_point now) -> wake {
        now_ = now;
        auto const wish = caches_.step(now);
        if (!caches_.synced()) return wish;
        if (!doubts_.empty() && ask_again_ <= now) resolve_doubts();
        for (std::size_t n = 0; n < options_.batch; ++n) {
            auto became = options_.explain ? cycle_.next_explained(cluster_.nodes(), now)
                                           : cycle_.next(cluster_.nodes(), now);
            if (!became) break;
            carry_out(*std::move(became));
        }
        auto out = wish;
        if (auto const ready = cycle_.next_ready(now))
            out = sooner(out, *ready <= now ? wake::again() : wake::at(*ready));
        return doubts_.empty() ? out : sooner(out, wake::at(ask_again_));
    }
    auto on_wake(waker w) -> void { caches_.on_wake(w); }

    [[nodiscard]] auto counters() const -> scheduler_counters {
        auto const lock = std::scoped_lock(mutex_);
        return counters_;
    }

    /// The pod of this uid waits for its permission (see `schedule::wait_for`) and has it: it is bound.
    /// Whether it waited. To be called between steps.
    auto allow(std::string const& uid) -> bool {
        auto const at = tickets_.find(uid);
        auto became = at == tickets_.end() ? std::nullopt : cycle_.allow(at->second, cluster_.nodes(), now_);
        if (!became) return false;
        carry_out(*std::move(became));
        return true;
    }
    /// The pod of this uid waits for its permission and will not have it: it is tried again later.
    auto deny(std::string const& uid, std::string why) -> bool {
        auto const at = tickets_.find(uid);
        auto became = at == tickets_.end() ? std::nullopt
                                           : cycle_.deny(at->second, cluster_.nodes(), std::move(why), now_);
        if (!became) return false;
        carry_out(*std::move(became));
        return true;
    }

private:
    /// What the scheduler does where the cycle meets the world.
    struct hands {
        scheduler* self;

        auto reserve(pod_info const& p, node_info& n) const -> void { self->cluster_.put_pod(p, n.name()); }
        auto release(pod_info const& p, node_info&) const -> void {
            self->cluster_.remove_pod(p.value->metadata.uid);
        }
        auto bind(pod_info const& p, node_info const& n) const -> result<void> {
            return self->bind(p, n.name());
        }
    };
    using machine =
        schedule::cycle<pod_info, node_info, decltype(ordered_by_priority(std::declval<Profile>())), hands>;
    using taken = typename machine::taken;

    static_assert(
        std::is_same_v<typename machine::victim, pod_handle> ||
            std::is_same_v<typename machine::victim, schedule::nobody>,
        "kube::scheduler: profile.preempt names its victims as pod_handle, as node_info::pods has them");

    auto hear_node(reconcile::change const& c) -> void {
        auto const name = std::string(c.latest().object.metadata().name);
        auto const at = cluster_.index_of(name);
        if (c.type == reconcile::change::kind::deleted) {
            if (!at) return;
            auto const last = cluster_.nodes().size() - 1;
            cycle_.withdraw(cluster_.nodes(), *at, now_);
            cluster_.remove_node(name);
            cycle_.renumber(last, *at);
            cycle_.changed(schedule::facet_set::membership(), now_);
            return;
        }
        auto const before = at && cycle_.size() > 0 ? cluster_.nodes()[*at] : node_info();
        cluster_.put_node(object::stored<node>(c.after));
        if (cycle_.size() == 0) return;
        if (at) cycle_.changed(before, cluster_.nodes()[*at], now_);
        else cycle_.changed(schedule::facet_set::arrival(), now_);
    }

    auto hear_pod(reconcile::change const& c) -> void {
        auto const& p = c.latest().object.as<pod>();
        auto const& uid = p.metadata.uid;
        if (c.type == reconcile::change::kind::deleted || is_finished(p)) {
            forget(uid);
            if (cluster_.remove_pod(uid)) cycle_.changed(what_pods_take(), now_);
            return;
        }
        if (!p.spec.node_name.empty()) return hear_bound(c, p);
        if (!is_mine(p) || p.metadata.deleting() || !p.spec.scheduling_gates.empty()) return forget(uid);
        auto const at = tickets_.find(uid);
        if (at == tickets_.end()) {
            if (!cluster_.has_pod(uid)) // else on its way to a node already
                tickets_.emplace(uid, cycle_.add(pod_info(object::stored<pod>(c.after))));
            return;
        }
        auto const changed = !c.before || c.before.object.as<pod>().spec != p.spec ||
                             c.before.object.metadata().labels != p.metadata.labels;
        cycle_.replace(at->second, pod_info(object::stored<pod>(c.after)), changed, now_);
    }
    auto hear_bound(reconcile::change const& c, pod const& p) -> void {
        auto const& uid = p.metadata.uid;
        if (auto const at = tickets_.find(uid); at != tickets_.end()) {
            auto became = cycle_.resolved(at->second, cluster_.nodes(), true, now_);
            if (became) carry_out(*std::move(became));
            else forget(uid);
        }
        auto const known = cluster_.has_pod(uid);
        if (known && c.before && c.before.object.template as<pod>().spec == p.spec) return;
        // A pod that has come to a node can help those who look at its pods.
        cluster_.put_pod(pod_info(object::stored<pod>(c.after)), p.spec.node_name);
        cycle_.changed(machine::template facets<&node_info::pods>(), now_);
    }

    /// What changes of a node when a pod leaves it.
    static auto what_pods_take() -> schedule::facet_set {
        return machine::template facets<&node_info::pods, &node_info::requested, &node_info::load,
                                        &node_info::ports, facets::pod_count>();
    }

    /// A pod needs no node any more.
    auto forget(std::string const& uid) -> void {
        auto const at = tickets_.find(uid);
        if (at == tickets_.end()) return;
        cycle_.remove(at->second, cluster_.nodes(), now_);
        tickets_.erase(at);
        doubts_.erase(uid);
    }

    /// A pod that names no scheduler is the default one's.
    auto is_mine(pod const& p) const -> bool {
        auto const& name = p.spec.scheduler_name;
        return options_.name == (name.empty() ? std::string_view("default-scheduler") : name);
    }

    /// What became of a pod is told, and done where it is ours to do.
    auto carry_out(taken became) -> void {
        if (became.account) explain(became);
        if (became.left) return rejoice(*became.left, became.outcome->node);
        auto const& why = became.outcome.error();
        auto const p = *cycle_.find(became.id);
        switch (why.at) {
        case schedule::stage::evicting:
            refuse(p, why.why);
            evict(p, why.room.victims);
            break;
        case schedule::stage::unbound:
            count(&scheduler_counters::conflicts);
            doubts_.erase(p.value->metadata.uid);
            if (why.code == error_code::not_found) forget(p.value->metadata.uid);
            break;
        case schedule::stage::in_doubt: doubt(p, became.id); break;
        case schedule::stage::waiting: break;
        default: refuse(p, cluster_.nodes().empty() ? "no nodes available to schedule pods" : why.why);
        }
    }
    auto explain(taken const& became) -> void {
        auto const& account = *became.account;
        auto const node = account.chosen ? std::optional(account.chosen->node)
                          : account.room ? std::optional(account.room->node)
                                         : std::nullopt;
        if (!node) return;
        auto const& p = became.left ? *became.left : *cycle_.find(became.id);
        auto const name_of = [&](std::size_t i) { return cluster_.nodes()[i].name(); };
        options_.explain(p.value->metadata.where(), name_of(*node), account.table(name_of));
    }
    auto rejoice(pod_info const& p, std::size_t at) -> void {
        auto const node = at == machine::no_node ? "a node that has gone" : cluster_.nodes()[at].name();
        tickets_.erase(p.value->metadata.uid);
        doubts_.erase(p.value->metadata.uid);
        count(&scheduler_counters::placed);
        tell(p, "Normal", "Scheduled",
             "Successfully assigned " + p.value->metadata.where().to_string() + " to " + node);
    }

    auto bind(pod_info const& p, std::string const& node_name) -> result<void> {
        auto const& m = p.value->metadata;
        auto b = binding{};
        b.metadata.name = m.name;
        b.metadata.namespace_ = m.namespace_;
        b.metadata.uid = m.uid;
        b.target.kind = "Node";
        b.target.name = node_name;
        auto const done =
            client_->act(pod::resource, m.where(), "binding", object::any_object(std::move(b)), {});
        if (!done) return std::unexpected(done.error());
        return {};
    }

    /// Nobody knows whether a binding was heard: the pod itself is asked, now and then until it answers.
    auto doubt(pod_info const& p, schedule::ticket id) -> void {
        doubts_.insert_or_assign(p.value->metadata.uid, id);
        if (!resolve(p, id)) ask_again_ = now_ + options_.wait.first;
    }
    auto resolve(pod_info const& p, schedule::ticket id) -> bool {
        auto const& m = p.value->metadata;
        auto const current = client_->get(pod::resource, m.where(), {});
        if (!current && current.error().code != error_code::not_found) return false;
        auto const there = current && current->object.metadata().uid == m.uid;
        auto const bound = there && !current->object.template as<pod>().spec.node_name.empty();
        auto const uid = m.uid;
        if (auto became = cycle_.resolved(id, cluster_.nodes(), bound, now_)) carry_out(*std::move(became));
        if (!there) forget(uid);
        return true;
    }
    auto resolve_doubts() -> void {
        ask_again_ = now_ + options_.wait.first;
        auto const asked = std::vector(doubts_.begin(), doubts_.end());
        for (auto const& [uid, id] : asked)
            if (auto const* const p = cycle_.find(id)) (void)resolve(pod_info(*p), id);
    }

    /// The victims are deleted, if they are still who they were; when they have gone, the pod is tried again.
    template <class Victim> auto evict(pod_info const& by, std::vector<Victim> const& victims) -> void {
        if constexpr (std::is_same_v<Victim, pod_handle>) {
            for (auto const& victim : victims) {
                auto how = api::delete_options{};
                how.expected_uid = victim->value->metadata.uid;
                if (client_->remove(pod::resource, victim->value->metadata.where(), how))
                    tell(*victim, "Normal", "Preempted",
                         "Preempted by " + by.value->metadata.where().to_string());
            }
        }
    }

    auto refuse(pod_info const& p, std::string const& why) -> void {
        count(&scheduler_counters::refused);
        tell(p, "Warning", "FailedScheduling", why);
        auto wanted = pod_condition{};
        wanted.type = "PodScheduled";
        wanted.status = "False";
        wanted.reason = "Unschedulable";
        wanted.message = why;
        auto const current = client_->get(pod::resource, p.value->metadata.where(), {});
        if (!current || current->object.metadata().uid != p.value->metadata.uid) return;
        auto changed = current->object.template as<pod>();
        if (!changed.spec.node_name.empty() ||
            !set_condition(changed.status.conditions, std::move(wanted), now_))
            return;
        (void)api::update(*client_, std::move(changed), current->rev, "status"); // who writes first is right
    }

    auto tell(pod_info const& p, std::string type, std::string reason, std::string message) -> void {
        if (!options_.record) return;
        auto n = reconcile::note{};
        n.regarding = reconcile::reference(p.value.ref().object);
        n.type = std::move(type);
        n.reason = std::move(reason);
        n.message = std::move(message);
        options_.record(n, now_);
    }

    auto count(std::uint64_t scheduler_counters::* what) -> void {
        auto const lock = std::scoped_lock(mutex_);
        ++(counters_.*what);
    }

    Client* client_;
    scheduler_options options_;
    cluster_state cluster_;
    machine cycle_;
    std::unordered_map<std::string, schedule::ticket> tickets_; ///< of the pods in the cycle, by uid
    std::unordered_map<std::string, schedule::ticket>
        doubts_; ///< of which nobody knows whether they are bound
    time_point ask_again_;
    time_point now_;
    mutable std::mutex mutex_;
    scheduler_counters counters_;
    reconcile::caches caches_;
    reconcile::caches::listening hear_nodes_;
    reconcile::caches::listening hear_pods_;
};

} // namespace berth::kube

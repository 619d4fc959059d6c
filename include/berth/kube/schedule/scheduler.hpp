#pragma once

/// \file
/// The scheduler: gives each pod that waits a node, by a profile, through an API.

#include <berth/api/client.hpp>
#include <berth/kube/core/binding/type.hpp>
#include <berth/kube/core/event/recorder.hpp>
#include <berth/kube/schedule/cluster_state.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/kube/schedule/waiting_pods.hpp>
#include <berth/reconcile/cache.hpp>
#include <berth/schedule/explain.hpp>
#include <berth/schedule/place.hpp>

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace berth::kube {

/// What a scheduler may be told.
struct scheduler_options {
    std::string name = "default-scheduler"; ///< of the pods that it is to place
    std::size_t batch = 64;                 ///< the most pods of one step
    pod_back_off wait;
    std::function<void(reconcile::note const&, time_point)> record; ///< hears what happened; may be left out
    /// Hears why each pod went where it did: its key, its node, the explanation as a table. Costs a second
    /// look at all nodes; may be left out.
    std::function<void(object::key const&, std::string const& node, std::string const& why)> explain;
};

/// What a scheduler has done.
struct scheduler_counters {
    std::uint64_t placed = 0;    ///< pods bound
    std::uint64_t refused = 0;   ///< attempts for which no node would do
    std::uint64_t conflicts = 0; ///< bindings that the API refused
};

/// Places pods one after the other, each on the best node for it as the cluster is with all earlier ones in
/// place. A component. A pod that no node takes is told why, in its condition `PodScheduled` and in an event,
/// and is tried again when something changes that may help. The client must outlive it.
template <api::client Client, class Profile = decltype(first_profile)> class scheduler {
public:
    explicit scheduler(Client& client, scheduler_options options = {}, Profile profile = first_profile)
        : client_(&client),
          options_(std::move(options)),
          profile_(std::move(profile)),
          waiting_(options_.wait),
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
        if (std::exchange(moved_, false)) waiting_.moved(now);
        for (std::size_t n = 0; n < options_.batch; ++n) {
            auto next = waiting_.take(now);
            if (!next) break;
            try_to_place(*std::move(next));
        }
        auto const ready = waiting_.next_ready(now);
        if (!ready) return wish;
        return sooner(wish, *ready <= now ? wake::again() : wake::at(*ready));
    }
    auto on_wake(waker w) -> void { caches_.on_wake(w); }

    [[nodiscard]] auto counters() const -> scheduler_counters {
        auto const lock = std::scoped_lock(mutex_);
        return counters_;
    }

private:
    auto hear_node(reconcile::change const& c) -> void {
        if (c.type == reconcile::change::kind::deleted) {
            cluster_.remove_node(c.before.object.metadata().name);
            return;
        }
        auto const before = c.before ? &c.before.object.as<node>() : nullptr;
        auto const& after = c.after.object.as<node>();
        cluster_.put_node(object::stored<node>(c.after));
        auto const helps = before == nullptr || before->spec != after.spec ||
                           before->metadata.labels != after.metadata.labels ||
                           before->status.allocatable != after.status.allocatable;
        moved_ = moved_ || helps;
    }

    auto hear_pod(reconcile::change const& c) -> void {
        auto const& p = c.latest().object.as<pod>();
        auto const& uid = p.metadata.uid;
        if (c.type == reconcile::change::kind::deleted || is_finished(p)) {
            waiting_.remove(uid);
            if (cluster_.remove_pod(uid)) moved_ = true;
            return;
        }
        auto const bound = !p.spec.node_name.empty();
        if (bound) {
            waiting_.remove(uid);
            if (!cluster_.has_pod(uid) || c.before.object.template as<pod>().spec != p.spec)
                cluster_.put_pod(pod_info(object::stored<pod>(c.after)), p.spec.node_name);
            return;
        }
        if (!is_mine(p) || p.metadata.deleting() || !p.spec.scheduling_gates.empty()) {
            waiting_.remove(uid);
            return;
        }
        if (cluster_.has_pod(uid)) return; // on its way to a node already
        auto const changed = !c.before || c.before.object.as<pod>().spec != p.spec ||
                             c.before.object.metadata().labels != p.metadata.labels;
        waiting_.put(pod_info(object::stored<pod>(c.after)), changed, now_);
    }

    /// A pod that names no scheduler is the default one's.
    auto is_mine(pod const& p) const -> bool {
        auto const& name = p.spec.scheduler_name;
        return options_.name == (name.empty() ? std::string_view("default-scheduler") : name);
    }

    auto try_to_place(pod_info p) -> void {
        auto const nodes = cluster_.nodes();
        if (nodes.empty()) return refuse(p, "no nodes available to schedule pods");
        auto const where = schedule::place(p, nodes, profile_, work_);
        if (!where) return refuse(p, where.error().summary());
        auto const node_name = nodes[where->node].name();
        if (options_.explain)
            options_.explain(
                p.value->metadata.where(), node_name,
                schedule::explain(p, nodes, profile_).table([&](std::size_t i) { return nodes[i].name(); }));
        bind(std::move(p), node_name);
    }

    auto bind(pod_info p, std::string const& node_name) -> void {
        auto const& m = p.value->metadata;
        auto b = binding{};
        b.metadata.name = m.name;
        b.metadata.namespace_ = m.namespace_;
        b.metadata.uid = m.uid;
        b.target.kind = "Node";
        b.target.name = node_name;
        cluster_.put_pod(p, node_name);
        auto const done =
            client_->act(pod::resource, m.where(), "binding", object::any_object(std::move(b)), {});
        if (!done) {
            cluster_.remove_pod(m.uid);
            count(&scheduler_counters::conflicts);
            if (done.error().code == error_code::not_found) waiting_.remove(m.uid);
            else waiting_.retry(m.uid, now_);
            return;
        }
        waiting_.remove(m.uid);
        count(&scheduler_counters::placed);
        tell(p, "Normal", "Scheduled", "Successfully assigned " + m.where().to_string() + " to " + node_name);
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
    Profile profile_;
    waiting_pods waiting_;
    cluster_state cluster_;
    schedule::workspace work_;
    time_point now_;
    bool moved_ = false;
    mutable std::mutex mutex_;
    scheduler_counters counters_;
    reconcile::caches<Client> caches_;
    typename reconcile::caches<Client>::listening hear_nodes_;
    typename reconcile::caches<Client>::listening hear_pods_;
};

} // namespace berth::kube

#pragma once

/// \file
/// What a scheduler does: a shell around `schedule::cycle`, between it and an API.

#include <berth/api/any_client.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/schedule/binding_batch.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/cluster_state.hpp>
#include <berth/kube/schedule/departures.hpp>
#include <berth/kube/schedule/detail/scheduling.hpp>
#include <berth/kube/schedule/doubts.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/nominations.hpp>
#include <berth/kube/schedule/pod_changes.hpp>
#include <berth/kube/schedule/pod_placers.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/kube/schedule/profile_names.hpp>
#include <berth/kube/schedule/reporter.hpp>
#include <berth/kube/schedule/scheduler_counters.hpp>
#include <berth/kube/schedule/scheduler_options.hpp>
#include <berth/kube/schedule/scheduler_policies.hpp>
#include <berth/kube/schedule/volume_binder.hpp>
#include <berth/reconcile/cache.hpp>
#include <berth/schedule/cycle.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace berth::kube::detail {

/// By some policies. See `scheduler`.
template <class Policies> class pod_cycle final : public scheduling {
public:
    pod_cycle(Policies by, api::any_client client, scheduler_options options)
        : client_(std::move(client)),
          options_(std::move(options)),
          names_(names_of(by)),
          cycle_(std::move(by), options_.wait, hands{this}),
          doubts_(options_.wait.first),
          volumes_(catalogue_, options_.volume_binding_limit),
          reports_(options_.record),
          caches_(client_) {
        catalogue_.indexes_matter = options_.indexes_matter;
        cluster_.tell(&placers_);
        nominations_.tell([this](std::string const& node) {
            if (auto const at = cluster_.index_of(node)) placers_.expects(*at);
        });
        auto const listen = [this](object::type_info const& type, reconcile::change_handler hear) {
            listening_.push_back(caches_.listen(type, std::move(hear)));
        };
        catalogue_.each([&]<class T>(shelf<T>&) {
            listen(object::type_of<T>(),
                   [this](auto const&, auto const& c) { this->template hear_kind<T>(c); });
        });
        listen(object::type_of<node>(), [this](auto const&, auto const& c) { hear_node(c); });
        listen(object::type_of<pod>(), [this](auto const&, auto const& c) { hear_pod(c); });
    }
    pod_cycle(pod_cycle const&) = delete;
    auto operator=(pod_cycle const&) -> pod_cycle& = delete;

    auto step(time_point now) -> wake override {
        now_ = now;
        auto out = caches_.step(now);
        if (!caches_.synced()) return out;
        for (auto const& [uid, id] : doubts_.due(now)) ask_after(uid, id);
        go_on_with_volumes();
        catch_up();
        for (std::size_t n = 0; n < options_.batch; ++n) {
            auto became = options_.explain ? cycle_.next_explained(cluster_.nodes(), now)
                                           : cycle_.next(cluster_.nodes(), now);
            if (!became) break;
            carry_out(*std::move(became));
        }
        send();
        send_victims_away();
        auto const ready = cycle_.next_ready(now);
        auto const idle = !ready || *ready > now;
        if (reports_.due(now, idle)) reports_.send(client_);
        if (ready) out = sooner(out, idle ? wake::at(*ready) : wake::again());
        if (auto const at = doubts_.next()) out = sooner(out, wake::at(*at));
        if (auto const at = reports_.due_at()) out = sooner(out, wake::at(*at));
        return out;
    }
    auto on_wake(waker w) -> void override { caches_.on_wake(w); }

    [[nodiscard]] auto counters() const -> scheduler_counters override { return counters_.read(); }

    auto allow(std::string const& uid) -> bool override {
        auto const at = tickets_.find(uid);
        auto became = at == tickets_.end() ? std::nullopt : cycle_.allow(at->second, cluster_.nodes(), now_);
        if (!became) return false;
        carry_out(*std::move(became));
        send();
        return true;
    }
    auto deny(std::string const& uid, std::string why) -> bool override {
        auto const at = tickets_.find(uid);
        auto became = at == tickets_.end() ? std::nullopt
                                           : cycle_.deny(at->second, cluster_.nodes(), std::move(why), now_);
        if (!became) return false;
        carry_out(*std::move(became));
        return true;
    }
    auto go_on(std::string const& uid) -> bool override {
        if (!ask_to_go_on(uid)) return false;
        send();
        return true;
    }
    auto again(std::string const& uid) -> void override {
        if (auto const at = tickets_.find(uid); at != tickets_.end()) cycle_.again(at->second, now_);
    }

private:
    /// What the scheduler does where the cycle meets the world, and what it knows of who is expected where.
    struct hands {
        pod_cycle* self;
        static constexpr bool looks_ahead = true;

        auto reserve(pod_info const& p, node_info& n) const -> void {
            self->nominations_.drop(p.value->metadata.uid);
            self->cluster_.put_pod(p, n.name());
            if constexpr (binds_claims<Policies>) {
                if (self->volumes_.reserve(p, *n.value)) self->placers_.forget_volumes();
            }
        }
        auto release(pod_info const& p, node_info&) const -> void {
            self->cluster_.remove_pod(p.value->metadata.uid);
            if (self->volumes_.release(p.value->metadata.uid)) self->placers_.forget_volumes();
            self->nominate_as_known(p);
        }
        auto pre_bind(pod_info const& p, node_info const& n) const -> schedule::permission {
            return self->volumes_.ready(p, *n.value);
        }
        auto bind(pod_info const& p, node_info const& n) const -> std::optional<result<void>> {
            self->bindings_.put(p, n.name(), self->tickets_.at(p.value->metadata.uid));
            return std::nullopt;
        }
        auto expected(pod_info const& p, std::size_t, node_info const& n) const -> std::optional<node_info> {
            return self->nominations_.expected(p, n);
        }
        auto promised(pod_info const& p) const -> std::optional<std::size_t> {
            auto const* const node = self->nominations_.node_of(p.value->metadata.uid);
            return node == nullptr ? std::nullopt : self->cluster_.index_of(*node);
        }
        template <class Visit> auto for_each_expecting(Visit visit) const -> void {
            self->nominations_.for_each_node([&](std::string const& node) {
                if (auto const at = self->cluster_.index_of(node)) visit(*at);
            });
        }
        template <class Profile>
        auto decide(Profile const& by, pod_info const& p, std::span<node_info const> nodes) const {
            return self->placers_.decide(by, p, nodes, *this);
        }
    };
    using machine = schedule::cycle<pod_info, node_info, Policies, hands>;
    using taken = typename machine::taken;

    static_assert(
        std::is_same_v<typename machine::victim, pod_handle> ||
            std::is_same_v<typename machine::victim, schedule::nobody>,
        "kube::scheduler: profile.preempt names its victims as pod_handle, as node_info::pods has them");

    template <class T> auto hear_kind(reconcile::change const& c) -> void {
        auto by = kind_changed<T>{};
        if (c.before) by.before = &c.before.object.template as<T>();
        if (c.after) by.after = &c.after.object.template as<T>();
        if (c.type == reconcile::change::kind::deleted) (void)catalogue_.remove(c.latest().object);
        else (void)catalogue_.put(c.after);
        if constexpr (requires(T const& o) { volumes_.hear(o); })
            volumes_.hear(c.latest().object.template as<T>());
        placers_.hear(by, c.latest().object.metadata().namespace_);
        cycle_.changed(machine::template facets<facets::kind<T>>(), by, now_);
    }

    auto hear_node(reconcile::change const& c) -> void {
        auto const name = std::string(c.latest().object.metadata().name);
        auto const at = cluster_.index_of(name);
        if (c.type == reconcile::change::kind::deleted) {
            if (!at) return;
            auto const last = cluster_.nodes().size() - 1;
            cycle_.withdraw(cluster_.nodes(), *at, now_);
            auto const gone = cluster_.nodes()[*at];
            cluster_.remove_node(name);
            cycle_.renumber(last, *at);
            cycle_.went(gone, now_);
            return;
        }
        auto const before = at && cycle_.size() > 0 ? cluster_.nodes()[*at] : node_info();
        cluster_.put_node(object::stored<node>(c.after));
        if (!c.before || c.before.object.metadata().labels != c.after.object.metadata().labels)
            volumes_.hear(c.after.object.as<node>());
        if (cycle_.size() == 0) return;
        if (at) cycle_.changed(before, cluster_.nodes()[*at], now_);
        else cycle_.came(cluster_.nodes().back(), now_);
    }

    auto hear_pod(reconcile::change const& c) -> void {
        auto const& p = c.latest().object.as<pod>();
        auto const& uid = p.metadata.uid;
        if (c.type == reconcile::change::kind::deleted || is_finished(p)) {
            forget(uid);
            if (auto const gone = cluster_.find_pod(uid)) {
                cluster_.remove_pod(uid);
                cycle_.changed(what_pods_take(), pod_went{*gone}, now_);
            }
            return;
        }
        if (!p.spec.node_name.empty()) return hear_bound(c, p);
        auto const lane = names_.lane_of(p);
        if (!lane || p.metadata.deleting() || !p.spec.scheduling_gates.empty()) return forget(uid);
        hear_waiting(c, p, *lane);
    }
    auto hear_waiting(reconcile::change const& c, pod const& p, std::size_t lane) -> void {
        auto const& uid = p.metadata.uid;
        if (cluster_.has_pod(uid)) { // on its way to a node already
            meanwhile_.try_emplace(uid, c).first->second.after = c.after;
            return;
        }
        auto info = seen(c);
        auto const promised = c.before ? c.before.object.as<pod>().status.nominated_node_name : "";
        if (promised != p.status.nominated_node_name) nominate_as_known(info);
        auto const at = tickets_.find(uid);
        if (at == tickets_.end()) {
            tickets_.emplace(uid, cycle_.add(std::move(info), lane));
            return;
        }
        auto const changed = !c.before || c.before.object.as<pod>().spec != p.spec ||
                             c.before.object.metadata().labels != p.metadata.labels;
        cycle_.replace(at->second, std::move(info), changed, now_);
    }
    auto hear_bound(reconcile::change const& c, pod const& p) -> void {
        auto const& uid = p.metadata.uid;
        if (auto const at = tickets_.find(uid); at != tickets_.end()) {
            auto became = cycle_.resolved(at->second, cluster_.nodes(), true, now_);
            if (became) carry_out(*std::move(became));
            else forget(uid);
        }
        reports_.forget(uid);
        auto const before = cluster_.find_pod(uid);
        cluster_.put_pod(seen(c), p.spec.node_name);
        if (cycle_.size() == 0) return;
        auto const& now = *cluster_.find_pod(uid);
        auto what = schedule::facet_set{};
        if (!before || looks_different(*before, now)) what |= machine::template facets<&node_info::pods>();
        if (before && !(before->request == now.request && before->ports == now.ports))
            what |= what_pods_take();
        if (!what.empty()) cycle_.changed(what, pod_came{now, before.get()}, now_);
    }
    /// A pod as plugins see it. If it is the first that asks for others by what numbers them, that matters.
    auto seen(reconcile::change const& c) -> pod_info {
        auto out = pod_info(object::stored<pod>(c.after), catalogue_);
        if (asks_for_indexes(out) && !std::exchange(catalogue_.indexes_matter, true)) placers_.forget();
        return out;
    }
    /// What changes of a node when a pod leaves it.
    static auto what_pods_take() -> schedule::facet_set {
        return machine::template facets<&node_info::pods, &node_info::requested, &node_info::load,
                                        &node_info::ports, facets::pod_count>();
    }

    /// A pod needs no node any more.
    auto forget(std::string const& uid) -> void {
        reports_.forget(uid);
        doubts_.drop(uid);
        meanwhile_.erase(uid);
        if (nominations_.drop(uid)) cycle_.changed(what_pods_take(), now_);
        auto const at = tickets_.find(uid);
        if (at == tickets_.end()) return;
        cycle_.remove(at->second, cluster_.nodes(), now_);
        tickets_.erase(at);
    }
    /// The node that a pod's status names is promised to it.
    auto nominate_as_known(pod_info const& p) -> void {
        auto const& node = p.value->status.nominated_node_name;
        if (node.empty()) nominations_.drop(p.value->metadata.uid);
        else nominations_.put(std::make_shared<pod_info const>(p), node);
    }

    auto carry_out(taken became) -> void {
        if (became.account) explain(became);
        if (became.left) return rejoice(*became.left, became.outcome->node);
        auto const& why = became.outcome.error();
        auto const p = *cycle_.find(became.id);
        switch (why.at) {
        case schedule::stage::evicting: make_room(p, became.id, why); break;
        case schedule::stage::unbound: complain(p, why.code, why.why); break;
        case schedule::stage::unprepared:
            counters_.count(&scheduler_counters::unprepared);
            report_failure(p, why.why);
            break;
        case schedule::stage::in_doubt: doubts_.put(p.value->metadata.uid, became.id, now_); break;
        case schedule::stage::refused:
            refuse(p, why.why, keeps_promise(p) ? std::nullopt : std::optional(nowhere));
            break;
        case schedule::stage::denied: refuse(p, why.why, std::nullopt); break;
        default: break; // gated by the profile, waiting for a permission or its volumes, or on its way
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
        auto const& uid = p.value->metadata.uid;
        auto const* const known = cluster_.node_of(uid);
        auto const node = at != machine::no_node ? cluster_.nodes()[at].name()
                          : known != nullptr     ? *known
                                                 : "a node that has gone";
        tickets_.erase(uid);
        doubts_.drop(uid);
        reports_.forget(uid);
        volumes_.finish(uid);
        meanwhile_.erase(uid);
        counters_.count(&scheduler_counters::placed);
        tell(p, "Normal", "Scheduled",
             "Successfully assigned " + p.value->metadata.where().to_string() + " to " + node);
    }

    /// Pods whose volumes have got on, or have failed.
    auto go_on_with_volumes() -> void {
        for (auto const& uid : volumes_.take_due()) (void)ask_to_go_on(uid);
    }
    auto ask_to_go_on(std::string const& uid) -> bool {
        auto const at = tickets_.find(uid);
        auto became = at == tickets_.end() ? std::nullopt : cycle_.go_on(at->second, cluster_.nodes(), now_);
        if (!became) return false;
        carry_out(*std::move(became));
        return true;
    }
    /// What was heard of pods while they were on their way is so, if they did not arrive.
    auto catch_up() -> void {
        for (auto const& [uid, heard] : std::exchange(meanwhile_, {})) hear_pod(heard);
    }
    auto send() -> void {
        if (volumes_.send(client_)) placers_.forget_volumes();
        go_on_with_volumes();
        for (auto& [id, answer] : bindings_.send(client_)) {
            auto became = cycle_.told(id, std::move(answer), cluster_.nodes(), now_);
            if (became) carry_out(*std::move(became));
        }
        for (auto const& [uid, id] : doubts_.due(now_)) ask_after(uid, id);
    }
    /// Nobody knows whether a binding was heard: the pod itself is asked.
    auto ask_after(std::string const& uid, schedule::ticket id) -> void {
        auto const* const p = cycle_.find(id);
        if (p == nullptr) return doubts_.drop(uid);
        auto const current = client_.get(pod::resource, p->value->metadata.where(), {});
        if (!current && current.error().code != error_code::not_found) return;
        auto const there = current && current->object.metadata().uid == uid;
        auto const bound = there && !current->object.template as<pod>().spec.node_name.empty();
        if (auto became = cycle_.resolved(id, cluster_.nodes(), bound, now_)) carry_out(*std::move(became));
        if (!there) forget(uid);
    }

    /// Others leave a node for a pod, to whom it is promised. Who is less important and was promised a place
    /// there is so no more.
    auto make_room(pod_info const& p, schedule::ticket id,
                   schedule::failure<typename machine::victim> const& why) -> void {
        auto const node = cluster_.nodes()[why.room.node].name();
        nominations_.put(std::make_shared<pod_info const>(p), node);
        refuse(p, why.why, node);
        for (auto const& lower : nominations_.below(p, node)) {
            nominations_.drop(lower->value->metadata.uid);
            say(*lower, {.nominated = nowhere});
        }
        if constexpr (std::is_same_v<typename machine::victim, pod_handle>) {
            for (auto const& victim : why.room.victims) {
                auto const at = tickets_.find(victim->value->metadata.uid);
                auto denied = at == tickets_.end()
                                  ? std::nullopt
                                  : cycle_.deny(at->second, cluster_.nodes(), "preempted", now_);
                if (denied) carry_out(*std::move(denied));
                else leaving_.put({victim, node, p.value->metadata.uid, id});
            }
        }
    }
    /// When victims have gone, the pod for whom they leave is tried again; who has gone already tells nobody.
    auto send_victims_away() -> void {
        for (auto const& [d, was_there] : leaving_.send(client_, names_.front(), now_)) {
            if (was_there)
                tell(*d.victim, "Normal", "Preempted", "Preempted by pod " + d.by_uid + " on node " + d.node);
            else cycle_.again(d.by, now_);
        }
    }

    /// Whether the node that is promised to a pod stays so though the pod found no place: others are still
    /// on their way out of it.
    auto keeps_promise(pod_info const& p) const -> bool {
        auto const* const node = nominations_.node_of(p.value->metadata.uid);
        auto const at = node == nullptr ? std::nullopt : cluster_.index_of(*node);
        if (!at) return false;
        for (auto const& other : cluster_.nodes()[*at].pods)
            if (other->value->metadata.deleting() && other->priority() < p.priority()) return true;
        return false;
    }
    auto refuse(pod_info const& p, std::string why, std::optional<std::string> nominated) -> void {
        if (cluster_.nodes().empty()) why = "no nodes available to schedule pods";
        counters_.count(&scheduler_counters::refused);
        if (nominated == nowhere && nominations_.drop(p.value->metadata.uid))
            cycle_.changed(what_pods_take(), now_);
        tell(p, "Warning", "FailedScheduling", why);
        say(p, {.message = std::move(why), .nominated = std::move(nominated)});
    }
    /// A binding was not done. Who is gone or has a node by now needs no word.
    auto complain(pod_info const& p, error_code code, std::string const& why) -> void {
        counters_.count(&scheduler_counters::conflicts);
        doubts_.drop(p.value->metadata.uid);
        if (code == error_code::not_found) return forget(p.value->metadata.uid);
        if (code == error_code::conflict) return;
        report_failure(p, "binding rejected: " + why);
    }
    /// A pod that had a node does not come there.
    auto report_failure(pod_info const& p, std::string text) -> void {
        tell(p, "Warning", "FailedScheduling", text);
        say(p, {.reason = "SchedulerError", .message = std::move(text)});
    }
    auto say(pod_info const& p, waiting_status says) -> void { reports_.say(p, std::move(says), now_); }
    auto tell(pod_info const& p, std::string type, std::string reason, std::string message) -> void {
        reports_.tell(p, std::move(type), std::move(reason), std::move(message), now_);
    }

    inline static auto const nowhere = std::string(); ///< the node that is promised to nobody

    api::any_client client_;
    scheduler_options options_;
    profile_names names_;
    catalogue catalogue_;
    cluster_state cluster_;
    pod_placers<Policies> placers_{cluster_, options_.memory};
    machine cycle_;
    nominations nominations_;
    doubts doubts_;
    volume_binder volumes_;
    reporter reports_;
    std::unordered_map<std::string, schedule::ticket> tickets_;    ///< of the pods in the cycle, by uid
    std::unordered_map<std::string, reconcile::change> meanwhile_; ///< of pods on their way: the last one
    binding_batch bindings_;                                       ///< of this step
    departures leaving_;
    time_point now_;
    shared_counters counters_;
    reconcile::caches caches_;
    std::vector<reconcile::caches::listening> listening_;
};

} // namespace berth::kube::detail

#pragma once

/// \file
/// The words in which tests speak of pods, nodes, sets and deployments.

#include <berth/api/table_column.hpp>
#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/kube/control/ownership.hpp>
#include <berth/kube/coordination/lease/type.hpp>
#include <berth/kube/core/namespace/type.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <string>
#include <utility>
#include <vector>

namespace test {

using namespace berth;

/// 2026-01-01T00:00:00Z.
inline constexpr auto new_year = time_point::from_unix_seconds(1'767'225'600);

/// The cells that the table of a kind shows of an object.
template <class T>
auto cells_of(std::vector<api::column_of<T>> const& columns, T const& o, time_point now)
    -> std::vector<api::cell> {
    auto out = std::vector<api::cell>();
    for (auto const& c : columns) out.push_back(c.value(o, now));
    return out;
}

/// What all objects have in common. `Self` is the maker, `T` the kind.
template <class Self, object::kind_type T> class maker {
public:
    explicit maker(std::string name) {
        auto& m = value_.metadata;
        m.uid = "uid-of-" + name;
        m.name = std::move(name);
        if (T::resource.namespaced) m.namespace_ = "default";
        m.creation_timestamp = object::timestamp(new_year);
    }
    auto in(std::string space) -> Self& {
        return with([&](T& o) { o.metadata.namespace_ = std::move(space); });
    }
    auto label(std::string key, std::string value) -> Self& {
        return with([&](T& o) { o.metadata.labels[key] = std::move(value); });
    }
    auto annotation(std::string key, std::string value) -> Self& {
        return with([&](T& o) { o.metadata.annotations[key] = std::move(value); });
    }
    auto uid(std::string id) -> Self& {
        return with([&](T& o) { o.metadata.uid = std::move(id); });
    }
    auto generation(std::int64_t n) -> Self& {
        return with([&](T& o) { o.metadata.generation = n; });
    }
    auto made_at(time_point t) -> Self& {
        return with([&](T& o) { o.metadata.creation_timestamp = object::timestamp(t); });
    }
    auto deleting(time_point t = new_year) -> Self& {
        return with([&](T& o) { o.metadata.deletion_timestamp = object::timestamp(t); });
    }
    auto finalizer(std::string f) -> Self& {
        return with([&](T& o) { o.metadata.finalizers.push_back(std::move(f)); });
    }
    /// Controlled by an owner, which blocks on it.
    template <class Owner> auto owned_by(Owner const& owner) -> Self& {
        return with(
            [&](T& o) { o.metadata.owner_references.push_back(reconcile::controlled_by(owner.done())); });
    }
    template <class F> auto with(F&& change) -> Self& {
        change(value_);
        return static_cast<Self&>(*this);
    }
    [[nodiscard]] auto done() const -> T const& { return value_; }

protected:
    T value_;
};

class make_pod : public maker<make_pod, kube::pod> {
public:
    explicit make_pod(std::string name) : maker(std::move(name)) {
        auto& c = value_.spec.containers.emplace_back();
        c.name = "main";
        c.image = "app:v1";
        value_.status.phase = "Pending";
    }
    auto on(std::string node) -> make_pod& {
        return with([&](kube::pod& p) { p.spec.node_name = std::move(node); });
    }
    auto phase(std::string name) -> make_pod& {
        return with([&](kube::pod& p) { p.status.phase = std::move(name); });
    }
    auto condition(std::string type, std::string status, time_point since = new_year) -> make_pod& {
        return with([&](kube::pod& p) {
            auto& c = p.status.conditions.emplace_back();
            c.type = std::move(type);
            c.status = std::move(status);
            c.last_transition_time = object::timestamp(since);
        });
    }
    auto ready(time_point since = new_year) -> make_pod& {
        return phase("Running").condition("Ready", "True", since);
    }
    auto tolerates(std::string key, std::optional<std::int64_t> seconds = {}) -> make_pod& {
        return with([&](kube::pod& p) {
            auto& t = p.spec.tolerations.emplace_back();
            t.key = std::move(key);
            t.operator_ = "Exists";
            t.toleration_seconds = seconds;
        });
    }
};

class make_node : public maker<make_node, kube::node> {
public:
    using maker::maker;
    auto condition(std::string type, std::string status, time_point heartbeat = new_year) -> make_node& {
        return with([&](kube::node& n) {
            auto& c = n.status.conditions.emplace_back();
            c.type = std::move(type);
            c.status = std::move(status);
            c.last_heartbeat_time = object::timestamp(heartbeat);
            c.last_transition_time = object::timestamp(new_year);
        });
    }
    auto ready(time_point heartbeat = new_year) -> make_node& {
        return condition("Ready", "True", heartbeat);
    }
    auto tainted(std::string key, std::string effect, std::optional<time_point> since = {}) -> make_node& {
        return with([&](kube::node& n) {
            auto& t = n.spec.taints.emplace_back();
            t.key = std::move(key);
            t.effect = std::move(effect);
            if (since) t.time_added = object::timestamp(*since);
        });
    }
};

/// The lease of a node.
class make_lease : public maker<make_lease, kube::lease> {
public:
    make_lease(std::string node, time_point renewed) : maker(std::move(node)) {
        in("kube-node-lease");
        value_.spec.renew_time = object::micro_timestamp(renewed);
    }
};

class make_namespace : public maker<make_namespace, kube::namespace_> {
public:
    explicit make_namespace(std::string name) : maker(std::move(name)) { value_.status.phase = "Active"; }
};

/// What runs copies of a template, whose pods and selector have the label `app=NAME`.
template <class Self, object::kind_type T> class workload_maker : public maker<Self, T> {
public:
    workload_maker(std::string name, std::int32_t replicas) : maker<Self, T>(name) {
        auto& spec = this->value_.spec;
        spec.replicas = replicas;
        spec.selector.engage().match_labels["app"] = name;
        spec.template_.metadata.labels["app"] = name;
        auto& c = spec.template_.spec.containers.emplace_back();
        c.name = "main";
        c.image = "app:v1";
        this->value_.metadata.generation = 1;
    }
    auto image(std::string image) -> Self& {
        return this->with([&](T& o) { o.spec.template_.spec.containers[0].image = std::move(image); });
    }
    auto min_ready(std::int32_t seconds) -> Self& {
        return this->with([&](T& o) { o.spec.min_ready_seconds = seconds; });
    }
};

class make_replica_set : public workload_maker<make_replica_set, kube::replica_set> {
public:
    using workload_maker::workload_maker;
    /// As its controller has seen it.
    auto counted(std::int32_t pods, std::int32_t available) -> make_replica_set& {
        return with([&](kube::replica_set& r) {
            auto& s = r.status;
            s.replicas = s.fully_labeled_replicas = pods;
            s.ready_replicas = s.available_replicas = available;
            s.terminating_replicas = 0;
            s.observed_generation = r.metadata.generation;
        });
    }
};

class make_deployment : public workload_maker<make_deployment, kube::deployment> {
public:
    make_deployment(std::string name, std::int32_t replicas) : workload_maker(std::move(name), replicas) {
        rolling("25%", "25%");
        value_.spec.revision_history_limit = 10;
        value_.spec.progress_deadline_seconds = 600;
    }
    auto rolling(object::int_or_string surge, object::int_or_string unavailable) -> make_deployment& {
        return with([&](kube::deployment& d) {
            d.spec.strategy.type = "RollingUpdate";
            auto& r = d.spec.strategy.rolling_update.engage();
            r.max_surge = std::move(surge);
            r.max_unavailable = std::move(unavailable);
        });
    }
    auto recreating() -> make_deployment& {
        return with([](kube::deployment& d) {
            d.spec.strategy.type = "Recreate";
            d.spec.strategy.rolling_update.reset();
        });
    }
    auto paused() -> make_deployment& {
        return with([](kube::deployment& d) { d.spec.paused = true; });
    }
};

/// A world of what makers have made.
template <class... Makers> [[nodiscard]] auto world_of(Makers const&... makers) -> reconcile::world {
    return reconcile::world(makers.done()...);
}

/// What a controller would do for a key of a world, of which it remembers nothing.
template <reconcile::controller C>
[[nodiscard]] auto plan_of(C const& c, reconcile::world& w, object::key const& k, time_point now = new_year)
    -> reconcile::plan {
    for (auto const* const type : reconcile::kinds_seen<C>()) w.follow(*type);
    for (auto& i : reconcile::indexes_of<C>()) w.follow(*i.type).add_index(std::move(i));
    if constexpr (requires { typename C::memory; })
        return c.reconcile(w.at(now), k, typename C::memory()).plan;
    else return c.reconcile(w.at(now), k);
}

/// The steps of a plan in words, without notes.
[[nodiscard]] inline auto steps_of(reconcile::plan const& p) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& s : p.steps)
        if (!std::holds_alternative<reconcile::note>(s)) out.push_back(reconcile::to_string(s));
    return out;
}

/// The reasons of the notes of a plan.
[[nodiscard]] inline auto notes_of(reconcile::plan const& p) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& s : p.steps)
        if (auto const* const n = std::get_if<reconcile::note>(&s)) out.push_back(n->reason);
    return out;
}

/// The last state that a plan gives to an object of a kind; nothing if it writes none.
template <object::kind_type T> [[nodiscard]] auto written(reconcile::plan const& p) -> T const* {
    T const* out = nullptr;
    for (auto const& s : p.steps) {
        if (auto const* const u = std::get_if<reconcile::update_step>(&s))
            if (auto const* const o = u->object.get_if<T>()) out = o;
        if (auto const* const c = std::get_if<reconcile::create_step>(&s))
            if (auto const* const o = c->object.get_if<T>()) out = o;
    }
    return out;
}

} // namespace test

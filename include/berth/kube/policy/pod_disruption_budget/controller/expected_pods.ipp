#pragma once

/// \file
/// The bodies of `berth/kube/policy/pod_disruption_budget/controller/expected_pods.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/policy/pod_disruption_budget/controller/expected_pods.hpp>

#include <set>

namespace berth::kube::detail {

/// Whether a reference is to a kind, in whatever version.
inline auto refers_to(object::owner_reference const& o, std::string_view kind, std::string_view group)
    -> bool {
    auto const slash = o.api_version.find('/');
    auto const named = std::string_view(o.api_version).substr(0, slash == std::string::npos ? 0 : slash);
    return o.kind == kind && named == group;
}

/// The object that a reference is to, if it is still the same one.
template <class T> auto owner_of(reconcile::snapshot const& world, std::string_view namespace_,
                                 object::owner_reference const& o) -> T const* {
    auto const there = world.get<T>(namespace_, o.name);
    return there && there->metadata.uid == o.uid ? there.get() : nullptr;
}

template <class T> auto count_of(T const* there) -> std::optional<counted_controller> {
    if (there == nullptr) return std::nullopt;
    return counted_controller{there->metadata.uid, there->spec.replicas.value_or(1)};
}

/// A replica set stands for itself, unless it is a deployment's: then that one stands for it.
inline auto counted_set(reconcile::snapshot const& world, std::string_view namespace_,
                        object::owner_reference const& o) -> std::optional<counted_controller> {
    auto const* const set = owner_of<replica_set>(world, namespace_, o);
    if (set == nullptr) return std::nullopt;
    auto const* const above = object::controller_of(set->metadata);
    if (above == nullptr || above->kind != "Deployment") return count_of(set);
    auto const in_group =
        refers_to(*above, "Deployment", "apps") || refers_to(*above, "Deployment", "extensions");
    if (!in_group) return std::nullopt;
    return count_of(owner_of<deployment>(world, namespace_, *above));
}

BERTH_DECL auto counted(reconcile::snapshot const& world, std::string_view namespace_,
                        object::owner_reference const& o) -> std::optional<counted_controller> {
    if (refers_to(o, "ReplicationController", ""))
        return count_of(owner_of<replication_controller>(world, namespace_, o));
    if (refers_to(o, "ReplicaSet", "apps") || refers_to(o, "ReplicaSet", "extensions"))
        return counted_set(world, namespace_, o);
    if (refers_to(o, "StatefulSet", "apps")) return count_of(owner_of<stateful_set>(world, namespace_, o));
    return std::nullopt;
}

/// Why nothing is counted for a pod: its controller is of a kind that has no number of replicas, or it is not
/// there.
inline auto uncounted(pod const& p, object::owner_reference const& o) -> std::unexpected<error> {
    struct kind {
        std::string_view name, group, shown;
    };
    static constexpr kind without_scale[] = {{"Job", "batch", "jobs.batch"},
                                             {"CronJob", "batch", "cronjobs.batch"},
                                             {"DaemonSet", "apps", "daemonsets.apps"},
                                             {"Pod", "", "pods"},
                                             {"Node", "", "nodes"}};
    for (auto const& k : without_scale)
        if (refers_to(o, k.name, k.group))
            return fail(error_code::not_found,
                        std::string(k.shown) + " does not implement the scale subresource");
    return fail(error_code::not_found, "found no controllers for pod \"" + p.metadata.name + "\"");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto expected_scale(reconcile::snapshot const& world,
                               std::vector<reconcile::seen<pod>> const& pods) -> result<expected_pods> {
    auto out = expected_pods();
    auto seen_owners = std::set<std::string>();
    auto added = std::set<std::string>();
    for (auto const& p : pods) {
        auto const* const owner = object::controller_of(p->metadata);
        if (owner == nullptr) {
            out.some_unmanaged = true;
            continue;
        }
        if (!seen_owners.insert(owner->uid).second) continue;
        auto const found = detail::counted(world, p->metadata.namespace_, *owner);
        if (!found) return detail::uncounted(*p, *owner);
        if (added.insert(found->uid).second) out.count += found->replicas;
    }
    return out;
}

} // namespace berth::kube

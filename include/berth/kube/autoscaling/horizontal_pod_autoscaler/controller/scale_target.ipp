#pragma once

/// \file
/// The bodies of `berth/kube/autoscaling/horizontal_pod_autoscaler/controller/scale_target.hpp`.

#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apps/workload.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/scale_target.hpp>

#include <string>
#include <utility>

namespace berth::kube::detail {

template <class T> auto state_of_scale(T const& w) -> api::scale_state { return workload_scale(w); }
inline auto state_of_scale(replication_controller const& c) -> api::scale_state {
    return {c.spec.replicas.value_or(0), c.status.replicas,
            object::selector::of_labels(c.spec.selector).to_string()};
}

template <class T> auto with_replicas(object::any_object const& o, std::int32_t n) -> object::any_object {
    auto out = o.as<T>();
    out.spec.replicas = n;
    return object::any_object(std::move(out));
}

template <class T>
auto target_of(reconcile::snapshot const& world, std::string_view namespace_, std::string const& name)
    -> result<scale_target> {
    auto const found = world.get<T>(namespace_, name);
    if (!found)
        return fail(error_code::not_found, api::qualified(T::resource) + " \"" + name + "\" not found");
    return scale_target{state_of_scale(*found), &found.ref(), &with_replicas<T>};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto find_scale_target(reconcile::snapshot const& world, std::string_view namespace_,
                                  cross_version_object_reference const& to) -> result<scale_target> {
    auto const slash = to.api_version.find('/');
    auto const group = slash == std::string::npos ? std::string() : to.api_version.substr(0, slash);
    if (group == "apps" && to.kind == "Deployment")
        return detail::target_of<deployment>(world, namespace_, to.name);
    if (group == "apps" && to.kind == "ReplicaSet")
        return detail::target_of<replica_set>(world, namespace_, to.name);
    if (group == "apps" && to.kind == "StatefulSet")
        return detail::target_of<stateful_set>(world, namespace_, to.name);
    if (group.empty() && to.kind == "ReplicationController")
        return detail::target_of<replication_controller>(world, namespace_, to.name);
    return fail(error_code::not_found, "no matches for kind \"" + to.kind + "\" in group \"" + group + "\"");
}

} // namespace berth::kube

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
    return scale_target{state_of_scale(*found), &found.ref(), &with_replicas<T>,
                        reconcile::reference(found.ref().object)};
}

/// What the API has answered.
inline auto answered_target(scale_answers const* scales, scale_query const& q) -> result<scale_target> {
    if (scales == nullptr) return no_matches(q);
    auto const found = scales->find(q);
    if (found == scales->end())
        return fail(error_code::unavailable, "the scale of " + q.kind + " " + q.name + " is not known yet");
    if (!found->second) return std::unexpected(found->second.error());
    auto const& a = *found->second;
    return scale_target{a.state, nullptr, nullptr, reconcile::reference(*a.resource, {q.namespace_, q.name})};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto scale_target::give(std::int32_t replicas) const -> reconcile::step {
    if (ref != nullptr)
        return reconcile::update_step{
            .object = scaled(ref->object, replicas), .based_on = ref->rev, .subresource = {}};
    auto out = reconcile::patch_step{};
    out.target = where;
    out.body = R"({"spec":{"replicas":)" + std::to_string(replicas) + "}}";
    out.subresource = "scale";
    return out;
}

BERTH_DECL auto has_cached_scale(cross_version_object_reference const& to) -> bool {
    auto const q = scale_query_of({}, to);
    if (q.group.empty()) return q.kind == "ReplicationController";
    return q.group == "apps" && (q.kind == "Deployment" || q.kind == "ReplicaSet" || q.kind == "StatefulSet");
}

BERTH_DECL auto find_scale_target(reconcile::snapshot const& world, std::string_view namespace_,
                                  cross_version_object_reference const& to, scale_answers const* scales)
    -> result<scale_target> {
    if (!has_cached_scale(to)) return detail::answered_target(scales, scale_query_of(namespace_, to));
    if (to.kind == "Deployment") return detail::target_of<deployment>(world, namespace_, to.name);
    if (to.kind == "ReplicaSet") return detail::target_of<replica_set>(world, namespace_, to.name);
    if (to.kind == "StatefulSet") return detail::target_of<stateful_set>(world, namespace_, to.name);
    return detail::target_of<replication_controller>(world, namespace_, to.name);
}

} // namespace berth::kube

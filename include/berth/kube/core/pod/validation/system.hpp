#pragma once

/// \file
/// Checks of what a pod may say about its operating system, and of what that system lacks (Kubernetes 1.36,
/// `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/security.hpp>

namespace berth::kube::detail {

/// Calls `visit(container, path)` for each container of any sort, init containers first.
template <class Visit> auto visit_containers(pod_spec const& spec, field_path const& at, Visit visit)
    -> void {
    auto const each = [&](object::list<container> const& list, std::string_view name) {
        auto const path = at.child(name);
        for (std::size_t i = 0; i < list.size(); ++i) visit(list[i], path.index(i));
    };
    each(spec.init_containers, "initContainers");
    each(spec.containers, "containers");
    auto const added = at.child("ephemeralContainers");
    for (std::size_t i = 0; i < spec.ephemeral_containers.size(); ++i)
        visit(spec.ephemeral_containers[i].common, added.index(i));
}

BERTH_DECL auto validate_windows(pod_spec const& spec, field_path const& at, field_errors& errors) -> void;

BERTH_DECL auto validate_system(pod_spec const& spec, field_path const& at, field_errors& errors) -> void;

/// If one container of a Windows pod is a process of its host, all are.
BERTH_DECL auto validate_host_processes(pod_spec const& spec, field_path const& at, field_errors& errors)
    -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/system.ipp>
#endif

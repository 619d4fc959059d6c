#pragma once

/// \file
/// What the writer of a deployment is warned of, though it is accepted (Kubernetes 1.36,
/// `pkg/registry/apps/deployment`).

#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/core/pod/warnings.hpp>

namespace berth::kube {

/// Warnings about a deployment that is created or, with `before`, changed.
[[nodiscard]] inline auto warnings_of(deployment const& d, deployment const* before = nullptr)
    -> warning_list {
    if (before != nullptr && d.spec.template_ == before->spec.template_) return {};
    return detail::warnings_of_template(d.spec.template_);
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/apps/daemon_set/warnings.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/warnings.hpp>

namespace berth::kube {

BERTH_DECL auto warnings_of(daemon_set const& d, daemon_set const* before) -> warning_list {
    if (before != nullptr && d.spec.template_ == before->spec.template_) return {};
    return detail::warnings_of_template(d.spec.template_);
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/apps/replica_set/warnings.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/replica_set/warnings.hpp>

namespace berth::kube {

BERTH_DECL auto warnings_of(replica_set const& r, replica_set const* before) -> warning_list {
    if (before != nullptr && r.spec.template_ == before->spec.template_) return {};
    return detail::warnings_of_template(r.spec.template_);
}

} // namespace berth::kube

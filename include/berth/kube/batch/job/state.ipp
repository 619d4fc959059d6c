#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/state.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/state.hpp>
#include <berth/reconcile/conditions.hpp>

namespace berth::kube {

BERTH_DECL auto has_condition(job const& j, std::string_view type) -> bool {
    return reconcile::is_true(j.status.conditions, type);
}

BERTH_DECL auto is_indexed(job_spec const& s) -> bool {
    return s.completion_mode && *s.completion_mode == "Indexed";
}

} // namespace berth::kube

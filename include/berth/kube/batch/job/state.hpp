#pragma once

/// \file
/// What can be read off a job: whether a condition holds, whether it is over, whether its pods have indexes.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/type.hpp>

#include <string_view>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto has_condition(job const& j, std::string_view type) -> bool;

/// Succeeded or failed, for good.
[[nodiscard]] inline auto is_finished(job const& j) -> bool {
    return has_condition(j, "Complete") || has_condition(j, "Failed");
}

/// Whether each of its pods has an index of its own.
[[nodiscard]] BERTH_DECL auto is_indexed(job_spec const& s) -> bool;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/state.ipp>
#endif

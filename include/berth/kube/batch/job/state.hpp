#pragma once

/// \file
/// What can be read off a job: whether a condition holds, whether it is over, whether its pods have indexes.

#include <berth/kube/batch/job/type.hpp>

#include <string_view>

namespace berth::kube {

[[nodiscard]] inline auto has_condition(job const& j, std::string_view type) -> bool {
    auto const* const c = object::find_condition(j.status.conditions, type);
    return c != nullptr && c->status == "True";
}

/// Succeeded or failed, for good.
[[nodiscard]] inline auto is_finished(job const& j) -> bool {
    return has_condition(j, "Complete") || has_condition(j, "Failed");
}

/// Whether each of its pods has an index of its own.
[[nodiscard]] inline auto is_indexed(job_spec const& s) -> bool {
    return s.completion_mode && *s.completion_mode == "Indexed";
}

} // namespace berth::kube

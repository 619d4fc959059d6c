#pragma once

/// \file
/// The table of pods (kubernetes 1.36, `printPod`).

#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/pod/state.hpp>

namespace berth::kube {

namespace detail {

/// Restarts, and when the last one was.
struct restart_count {
    std::int64_t restarts = 0;
    object::timestamp last;

    auto add(container_status const& c) -> void;
    auto shown(time_point now) const -> std::string;
};

} // namespace detail

[[nodiscard]] BERTH_DECL auto pod_columns() -> std::vector<api::column_of<pod>>;

/// A finished pod says so in its row.
[[nodiscard]] BERTH_DECL auto pod_completion(pod const& p) -> api::row_condition;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/table.ipp>
#endif

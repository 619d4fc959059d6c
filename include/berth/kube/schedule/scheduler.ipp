#pragma once

/// \file
/// The scheduler with the default profile, compiled once: see `berth/kube/schedule/scheduler.hpp`.

#include <berth/kube/schedule/scheduler.hpp>

namespace berth::kube {

#if defined(BERTH_SEPARATE_COMPILATION)
template auto detail::scheduling_by<>(api::any_client client, scheduler_options options)
    -> std::unique_ptr<detail::scheduling>;
#endif

} // namespace berth::kube

#pragma once

/// \file
/// Gates: what a pod waits for before it is tried at all.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/verdict.hpp>

namespace berth::kube::plugins {

namespace detail {

BERTH_DECL auto gated(pod_info const& p) -> schedule::verdict;

} // namespace detail

/// `.enqueue` of a profile: a pod with gates is not tried (kubernetes 1.36, `schedulinggates`).
inline constexpr auto scheduling_gates = [](pod_info const& p) -> schedule::verdict {
    return p.spec().scheduling_gates.empty() ? schedule::accept : detail::gated(p);
};

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/scheduling_gates.ipp>
#endif

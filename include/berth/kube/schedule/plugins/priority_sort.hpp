#pragma once

/// \file
/// The order in which pods are tried.

#include <berth/kube/schedule/infos.hpp>

namespace berth::kube::plugins {

/// `.order` of a profile: greater priority first (kubernetes 1.36, `queuesort/priority_sort.go`).
inline constexpr auto priority_sort = [](pod_info const& a, pod_info const& b) {
    return a.priority() > b.priority();
};

} // namespace berth::kube::plugins

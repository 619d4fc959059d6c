#pragma once

/// \file
/// Which nodes a pod asks for by their labels and names (kubernetes 1.36,
/// `component-helpers/.../nodeaffinity`).

#include <berth/core/config.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/spec.hpp>
#include <berth/object/selector.hpp>

#include <optional>
#include <string_view>

namespace berth::kube {

namespace detail {

BERTH_DECL auto listed(std::vector<std::string> const& values, std::string_view value) -> bool;

} // namespace detail

/// Whether a node is as a term says: all of its requirements hold. An empty term matches nothing.
[[nodiscard]] BERTH_DECL auto matches(node_selector_term const& term, node const& n) -> bool;

/// Whether a node is as one of the terms says.
[[nodiscard]] BERTH_DECL auto matches(node_selector const& any, node const& n) -> bool;

/// Whether a node has the labels that a pod's `nodeSelector` asks for, and matches one of the terms that its
/// affinity requires.
[[nodiscard]] BERTH_DECL auto selects(pod_spec const& spec, node const& n) -> bool;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/node_selection.ipp>
#endif

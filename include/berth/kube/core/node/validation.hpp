#pragma once

/// \file
/// Checks of nodes (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/validation/affinity.hpp>
#include <berth/kube/meta/validation/addresses.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>

#include <string_view>
#include <utility>

namespace berth::kube {

/// Checks a node that is to be created.
BERTH_DECL auto validate(node const& n, api::field_errors& errors) -> void;

namespace detail {

BERTH_DECL auto validate_node_change(node const& now, node const& before, field_errors& errors) -> void;

} // namespace detail

/// Checks a change of a node.
inline auto validate_update(node const& now, node const& before, api::field_errors& errors) -> void {
    validate(now, errors);
    detail::validate_node_change(now, before, errors);
}

/// Checks a change of a node's status.
inline auto validate_status(node const& now, node const& before, api::field_errors& errors) -> void {
    detail::validate_node_change(now, before, errors);
}

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/node/validation.ipp>
#endif

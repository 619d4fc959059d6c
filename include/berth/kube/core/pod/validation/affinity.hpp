#pragma once

/// \file
/// Checks of affinity, tolerations and topology spreading (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/affinity.hpp>
#include <berth/kube/core/validation/resources.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace berth::kube::detail {

/// `check_values`: whether the values must be values of labels; in preferences they need not.
BERTH_DECL auto validate_requirement(node_selector_requirement const& r, bool check_values,
                                     field_path const& at, field_errors& errors) -> void;

BERTH_DECL auto validate_node_selector(node_selector const& s, field_path const& at, field_errors& errors)
    -> void;

BERTH_DECL auto validate_affinity(node_affinity const& a, field_path const& at, field_errors& errors) -> void;

BERTH_DECL auto validate_affinity(object::boxed<affinity> const& a, field_path const& at,
                                  field_errors& errors) -> void;

BERTH_DECL auto validate_tolerations(object::list<toleration> const& list, field_path const& at,
                                     field_errors& errors) -> void;

BERTH_DECL auto validate_spreads(object::list<topology_spread_constraint> const& list, field_path const& at,
                                 field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/affinity.ipp>
#endif

#pragma once

/// \file
/// Checks of the conditions that most kinds have in their status (apimachinery 1.36, `meta/v1/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation.hpp>
#include <berth/object/meta.hpp>

namespace berth::kube::detail {

/// Each type once, with a status, a time and a reason.
BERTH_DECL auto validate_conditions(object::list<object::condition> const& conditions, field_path const& at,
                                    field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/meta/validation/conditions.ipp>
#endif

#pragma once

/// \file
/// Checks of priority classes (Kubernetes 1.36, `pkg/apis/scheduling/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation.hpp>
#include <berth/kube/scheduling/priority_class/type.hpp>

namespace berth::kube {

/// The greatest priority that is not reserved for the system.
inline constexpr std::int32_t highest_user_priority = 1'000'000'000;

/// Whether it is one of the classes that a cluster always has.
[[nodiscard]] BERTH_DECL auto is_system_priority_class(std::string_view name) -> bool;

/// Checks a priority class that is to be created.
BERTH_DECL auto validate(priority_class const& p, api::field_errors& errors) -> void;

/// Checks a change of a priority class.
BERTH_DECL auto validate_update(priority_class const& now, priority_class const& before,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/scheduling/priority_class/validation.ipp>
#endif

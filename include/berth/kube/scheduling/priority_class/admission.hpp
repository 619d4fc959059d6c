#pragma once

/// \file
/// What admission does with priority classes: pods get the priority of theirs, and classes stay in order
/// (kubernetes 1.36, `plugin/pkg/admission/priority`).

#include <berth/api/admission.hpp>
#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/scheduling/priority_class/type.hpp>

#include <optional>

namespace berth::kube {

namespace detail {

BERTH_DECL auto give_priority(api::admission_request& r, api::admission_world const& world) -> result<void>;

/// One class is the default, and those of the system stay.
BERTH_DECL auto check_priority_class(api::admission_request& r, api::admission_world const& world)
    -> result<void>;

} // namespace detail

/// Pods get the priority of their class. A second default class is refused, and that one of the system's own
/// goes.
[[nodiscard]] inline auto priority_admission() -> api::admission {
    return {"Priority", &detail::give_priority, &detail::check_priority_class, {&priority_class::resource}};
}

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/scheduling/priority_class/admission.ipp>
#endif

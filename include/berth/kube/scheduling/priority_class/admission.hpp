#pragma once

/// \file
/// What admission does with priority classes: pods get the priority of theirs (kubernetes 1.36, `Priority`).

#include <berth/api/admission.hpp>
#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/scheduling/priority_class/type.hpp>

#include <optional>

namespace berth::kube {

namespace detail {

BERTH_DECL auto give_priority(api::admission_request& r, api::admission_world const& world) -> result<void>;

} // namespace detail

[[nodiscard]] inline auto priority_admission() -> api::admission {
    return {"Priority", &detail::give_priority, {}, {&priority_class::resource}};
}

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/scheduling/priority_class/admission.ipp>
#endif

#pragma once

/// \file
/// How events behave in the API, and their table (kubernetes 1.36, `pkg/registry/core/event`, `printEvent`).

#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/coordination/lease/validation.hpp>
#include <berth/kube/core/binding/validation.hpp>
#include <berth/kube/core/event/type.hpp>
#include <berth/kube/core/event/validation.hpp>
#include <berth/kube/scheduling/priority_class/validation.hpp>

namespace berth::kube {

namespace detail {

BERTH_DECL auto lower_case(std::string text) -> std::string;

BERTH_DECL auto trimmed(std::string_view text) -> std::string;

} // namespace detail

[[nodiscard]] BERTH_DECL auto event_kind() -> api::kind_of<event>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/event/kind.ipp>
#endif

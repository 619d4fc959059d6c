#pragma once

/// \file
/// The words in which the validation of Kubernetes' kinds speaks of names and metadata.

#include <berth/api/object_meta.hpp>
#include <berth/kube/meta/validation/labels.hpp>

namespace berth::kube {

using api::metadata_path;
using api::name_problems;
using api::name_rule;

namespace detail {

inline constexpr auto immutable = api::detail::immutable_field;
inline constexpr auto spec_path = api::field_path("spec");
inline constexpr auto negative = api::detail::must_not_be_negative;

using api::detail::shown_time;
using api::detail::validate_name;
using api::detail::validate_nonnegative;
using api::detail::version_of;

} // namespace detail

} // namespace berth::kube

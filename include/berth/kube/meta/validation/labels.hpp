#pragma once

/// \file
/// Checks of label selectors (apimachinery 1.36, `meta/v1/validation`).

#include <berth/api/check_field.hpp>
#include <berth/api/object_meta.hpp>
#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/object/label_selector.hpp>
#include <berth/object/names.hpp>

namespace berth::kube::detail {

using api::field_errors;
using api::field_path;
using api::shown_value;

using api::detail::lower_case;
using api::detail::validate_annotations;
using api::detail::validate_label_name;
using api::detail::validate_labels;

BERTH_DECL auto validate_selector_requirement(object::label_selector_requirement const& r,
                                              field_path const& at, field_errors& errors) -> void;

BERTH_DECL auto validate_label_selector(object::label_selector const& s, field_path const& at,
                                        field_errors& errors) -> void;

BERTH_DECL auto validate_label_selector(object::boxed<object::label_selector> const& s, field_path const& at,
                                        field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/meta/validation/labels.ipp>
#endif

#pragma once

/// \file
/// Checks of what reviews ask (Kubernetes 1.36, `pkg/apis/authorization/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/authorization/attributes.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube::detail {

/// Exactly one of the two is asked; selectors are written out or as text.
BERTH_DECL auto validate_attributes(object::boxed<resource_attributes> const& resource_,
                                    object::boxed<non_resource_attributes> const& path, std::string_view hint,
                                    field_errors& errors) -> void;

/// Nobody keeps a question: it has no name and no labels.
BERTH_DECL auto validate_review_metadata(object::meta const& m, bool namespaced, field_errors& errors)
    -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authorization/validation.ipp>
#endif

#pragma once

/// \file
/// Checks of storage classes (Kubernetes 1.36, `pkg/apis/storage/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation.hpp>
#include <berth/kube/storage/storage_class/type.hpp>

namespace berth::kube {

/// Checks a class that is to be created. Quadratic in the terms of its topologies, of which no more are
/// compared than refusals are kept.
BERTH_DECL auto validate(storage_class const& c, api::field_errors& errors) -> void;

/// Checks a change of a class: most of it stays.
BERTH_DECL auto validate_update(storage_class const& now, storage_class const& before,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/storage/storage_class/validation.ipp>
#endif

#pragma once

/// \file
/// How storage classes behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/storage/storageclass`, `printStorageClass`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/storage/storage_class/defaults.hpp>
#include <berth/kube/storage/storage_class/type.hpp>
#include <berth/kube/storage/storage_class/validation.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto storage_class_kind() -> api::kind_of<storage_class>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/storage/storage_class/kind.ipp>
#endif

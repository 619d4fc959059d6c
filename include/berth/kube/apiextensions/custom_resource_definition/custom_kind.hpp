#pragma once

/// \file
/// The kinds that a CustomResourceDefinition describes, ready for a registry: one for each version that is
/// served (apiextensions-apiserver 1.36, `pkg/apiserver/customresource_handler.go`,
/// `pkg/registry/customresource`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/type.hpp>

#include <vector>

namespace berth::kube {

/// The kinds of the versions that are served. Objects of a version that is not stored are kept as those of
/// the stored one, and become it again with their `apiVersion` alone changed (conversion by webhook is not
/// done). Names are those that were accepted. Empty, if no version can be served.
[[nodiscard]] BERTH_DECL auto custom_kinds_of(custom_resource_definition const& d) -> std::vector<api::kind>;

/// The columns of kinds that say none: when an object was created.
[[nodiscard]] BERTH_DECL auto default_custom_columns() -> object::list<custom_resource_column>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/custom_kind.ipp>
#endif

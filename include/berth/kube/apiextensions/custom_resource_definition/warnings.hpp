#pragma once

/// \file
/// What the writer of a CustomResourceDefinition is warned of.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/type.hpp>

#include <string>
#include <vector>

namespace berth::kube {

/// Formats that nobody knows (apiextensions-apiserver 1.36, `WarningsOnCreate`, `WarningsOnUpdate`: those
/// that were there before are not told again), and rules in CEL, which are kept but not enforced.
[[nodiscard]] BERTH_DECL auto warnings_of(custom_resource_definition const& now,
                                          custom_resource_definition const* before)
    -> std::vector<std::string>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/warnings.ipp>
#endif

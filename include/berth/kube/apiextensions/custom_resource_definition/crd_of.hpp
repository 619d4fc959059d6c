#pragma once

/// \file
/// CustomResourceDefinitions made from a program's own types.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/type.hpp>

#include <string>
#include <vector>

namespace berth::kube {

/// What a definition says beside what the type knows.
struct crd_options {
    std::vector<std::string> short_names = {};
    std::vector<std::string> categories = {};
    std::vector<custom_resource_column> columns = {}; ///< of the table that `kubectl get` shows
    /// Where its replicas are, for `kubectl scale`; none if both paths are empty.
    custom_resource_scale scale = {};
};

/// The definition of a kind with one version, which is stored. Its schema is that of the type
/// (`object::structural_schema`); it has a `status` of its own if the type has such a member.
[[nodiscard]] BERTH_DECL auto crd_of(object::type_info const& type, crd_options options = {})
    -> custom_resource_definition;

/// The definition of a kind that a program describes:
///
///     api::create(server, kube::crd_of<ship>({.short_names = {"sh"}}));
///
/// From then on an API server keeps ships, ours or any other.
template <object::kind_type T> [[nodiscard]] auto crd_of(crd_options options = {})
    -> custom_resource_definition {
    return crd_of(object::type_of<T>(), std::move(options));
}

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/crd_of.ipp>
#endif

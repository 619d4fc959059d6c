#pragma once

/// \file
/// Discovery: the documents that tell a client which groups, versions and kinds there are
/// (apimachinery 1.36, `APIGroupList`, `APIResourceList`; apidiscovery/v2, `APIGroupDiscoveryList`).

#include <berth/api/http/route.hpp>
#include <berth/core/config.hpp>
#include <berth/object/encode.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::api::http {

/// A group, its versions in the order of preference.
struct api_group {
    std::string_view name;
    std::vector<std::string_view> versions;
};

/// The groups of a registry in the order in which they were added; the core group (empty name) too. Groups of
/// custom kinds come last, in the order of their names, their versions from the newest on.
[[nodiscard]] BERTH_DECL auto groups_of(registry const& kinds) -> std::vector<api_group>;

/// The kinds of a group and version, by plural name.
[[nodiscard]] BERTH_DECL auto kinds_of(registry const& kinds, std::string_view group,
                                       std::string_view version) -> std::vector<kind const*>;

/// Whether a group has custom kinds only: nobody knows of other resources in it.
[[nodiscard]] BERTH_DECL auto is_custom_group(registry const& kinds, std::string_view group) -> bool;

/// The kind of object that a subresource takes or gives.
[[nodiscard]] inline auto kind_of_subresource(kind const& k, subresource const& s)
    -> object::resource_name const& {
    return s.shown_as != nullptr ? *s.shown_as : *k.resource;
}

namespace detail {

BERTH_DECL auto append_strings(std::string& out, std::string_view member, std::vector<std::string_view> texts)
    -> void;

BERTH_DECL auto sorted(std::vector<std::string_view> texts) -> std::vector<std::string_view>;

BERTH_DECL auto verb_names(verb_list const& verbs) -> std::vector<std::string_view>;

BERTH_DECL auto group_version(std::string_view group, std::string_view version) -> std::string;

} // namespace detail

/// The content type of the aggregated document.
inline constexpr std::string_view aggregated_type =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/// The aggregated document of `/api` (`core`) or `/apis`.
[[nodiscard]] BERTH_DECL auto aggregated_text(registry const& kinds, bool core) -> std::string;

/// The `APIVersions` document of `/api`. `address` is where the server listens.
[[nodiscard]] BERTH_DECL auto core_versions_text(registry const& kinds, std::string_view address)
    -> std::string;

/// The `APIGroupList` document of `/apis`.
[[nodiscard]] BERTH_DECL auto groups_text(registry const& kinds) -> std::string;

/// The `APIGroup` document of `/apis/<group>`; empty if there is no such group.
[[nodiscard]] BERTH_DECL auto group_text(registry const& kinds, std::string_view name) -> std::string;

/// The `APIResourceList` document of a group and version; empty if there is none.
[[nodiscard]] BERTH_DECL auto resources_text(registry const& kinds, std::string_view group,
                                             std::string_view version) -> std::string;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/discovery.ipp>
#endif

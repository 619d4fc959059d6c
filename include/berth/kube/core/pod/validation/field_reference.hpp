#pragma once

/// \file
/// Checks of references to fields of the pod, and to keys of config maps and secrets (Kubernetes 1.36,
/// `pkg/apis/core/validation`, `pkg/apis/core/pods/helpers.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/field_reference.hpp>
#include <berth/kube/meta/validation/paths.hpp>

#include <algorithm>
#include <array>

namespace berth::kube::detail {

/// Which fields a volume and a variable may show, in the order in which refusals list them.
inline constexpr std::array<std::string_view, 5> volume_fields = {
    "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"};
inline constexpr std::array<std::string_view, 9> variable_fields = {
    "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
    "status.hostIP", "status.hostIPs",     "status.podIP", "status.podIPs"};

template <class List> auto contains(List const& list, std::string_view text) -> bool {
    return std::find(list.begin(), list.end(), text) != list.end();
}

/// `metadata.labels['app']` in its parts.
struct subscripted_path {
    std::string_view path;
    std::string_view subscript;
    bool has_subscript = false;
};
BERTH_DECL auto split_subscript(std::string_view text) -> subscripted_path;

BERTH_DECL auto validate_field_selector(object_field_selector const& s,
                                        std::span<std::string_view const> supported, field_path const& at,
                                        field_errors& errors) -> void;

/// In a volume the container must be named.
BERTH_DECL auto validate_resource_selector(resource_field_selector const& s, bool in_volume,
                                           field_path const& at, field_errors& errors) -> void;

/// A key of a config map or a secret.
template <class Selector>
auto validate_key_selector(Selector const& s, field_path const& at, field_errors& errors) -> void {
    validate_name(name_rule::dns1123_subdomain, s.name, at.child("name"), errors);
    if (s.key.empty()) errors.required(at.child("key"));
    else errors.invalid_all(at.child("key"), s.key, object::config_key_problems(s.key));
}

BERTH_DECL auto validate_items(object::list<key_to_path> const& items, field_path const& at,
                               field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/field_reference.ipp>
#endif

#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/field_reference.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/field_reference.hpp>

namespace berth::kube::detail {

inline constexpr std::array<std::string_view, 6> container_resources = {
    "limits.cpu",   "limits.ephemeral-storage",   "limits.memory",
    "requests.cpu", "requests.ephemeral-storage", "requests.memory"};

BERTH_DECL auto split_subscript(std::string_view text) -> subscripted_path {
    auto const open = text.find("['");
    if (text.size() < 2 || text.substr(text.size() - 2) != "']" || open == std::string_view::npos ||
        open == 0)
        return {text, {}, false};
    return {text.substr(0, open), text.substr(open + 2, text.size() - open - 4), true};
}

/// Whether a path denotes a field of pods that can be shown at all.
inline auto is_pod_field(subscripted_path const& p) -> bool {
    if (p.has_subscript) return p.path == "metadata.annotations" || p.path == "metadata.labels";
    return contains(volume_fields, p.path) || contains(variable_fields, p.path) ||
           p.path == "spec.restartPolicy" || p.path == "spec.schedulerName" || p.path == "spec.host" ||
           p.path == "status.phase";
}

BERTH_DECL auto validate_field_selector(object_field_selector const& s,
                                        std::span<std::string_view const> supported, field_path const& at,
                                        field_errors& errors) -> void {
    if (s.api_version.empty()) return errors.required(at.child("apiVersion"));
    auto const field = at.child("fieldPath");
    if (s.field_path.empty()) return errors.required(field);
    auto const parts = split_subscript(s.field_path);
    if (s.api_version != "v1")
        return errors.invalid(field, s.field_path,
                              "error converting fieldPath: unsupported pod version: " + s.api_version);
    if (!is_pod_field(parts))
        return errors.invalid(field, s.field_path,
                              "error converting fieldPath: field label not supported: " +
                                  std::string(parts.path));
    if (!parts.has_subscript) {
        if (!contains(supported, parts.path)) errors.not_supported(field, parts.path, supported);
    } else {
        auto const key =
            parts.path == "metadata.annotations" ? lower_case(parts.subscript) : std::string(parts.subscript);
        validate_label_name(key, at, errors);
    }
}

inline auto is_huge_page_field(std::string_view resource) -> bool {
    return resource.substr(0, 19) == "requests.hugepages-" || resource.substr(0, 17) == "limits.hugepages-";
}

inline auto validate_divisor(resource_field_selector const& s, field_path const& at, field_errors& errors)
    -> void {
    if (s.divisor.is_zero()) return;
    constexpr std::array<std::string_view, 13> sizes = {"1",   "1k",  "1M",  "1G",  "1T",  "1P", "1E",
                                                        "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"};
    auto const& r = s.resource_;
    auto const text = s.divisor.to_string();
    auto const refuse = [&](std::string_view of) {
        errors.invalid(
            at.child("divisor"), r,
            "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported "
            "with the " +
                std::string(of) + " resource");
    };
    if (r == "limits.cpu" || r == "requests.cpu") {
        if (text != "1m" && text != "1")
            errors.invalid(at.child("divisor"), r,
                           "only divisor's values 1m and 1 are supported with the cpu resource");
        return;
    }
    if (contains(sizes, text)) return;
    if (r == "limits.memory" || r == "requests.memory") refuse("memory");
    if (r == "limits.ephemeral-storage" || r == "requests.ephemeral-storage")
        refuse("local ephemeral storage");
    if (is_huge_page_field(r)) refuse("hugepages");
}

BERTH_DECL auto validate_resource_selector(resource_field_selector const& s, bool in_volume,
                                           field_path const& at, field_errors& errors) -> void {
    if (in_volume && s.container_name.empty()) errors.required(at.child("containerName"));
    else if (s.resource_.empty()) errors.required(at.child("resource"));
    else if (!contains(container_resources, s.resource_) && !is_huge_page_field(s.resource_))
        errors.not_supported(at.child("resource"), s.resource_, container_resources);
    validate_divisor(s, at, errors);
}

inline auto validate_key_to_path(key_to_path const& k, field_path const& at, field_errors& errors) -> void {
    if (k.key.empty()) errors.required(at.child("key"));
    if (k.path.empty()) errors.required(at.child("path"));
    validate_unreserved_path(k.path, at.child("path"), errors);
    validate_file_mode(k.mode, at.child("mode"), errors);
}

BERTH_DECL auto validate_items(object::list<key_to_path> const& items, field_path const& at,
                               field_errors& errors) -> void {
    for (std::size_t i = 0; i < items.size(); ++i) validate_key_to_path(items[i], at.index(i), errors);
}

} // namespace berth::kube::detail

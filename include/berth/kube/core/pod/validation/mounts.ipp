#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/mounts.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/mounts.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace berth::kube::detail {

inline auto find_volume(volume_list const& volumes, std::string_view name) -> volume const* {
    auto const found = volumes.find(name);
    return found == volumes.end() ? nullptr : found->second;
}

/// How often each text occurs among the members of a list; no more often than complaints are kept.
class occurrences {
public:
    template <class List> occurrences(List const& list, auto member) {
        for (auto const& element : list) {
            auto& count = counts_[element.*member];
            count = std::min(count + 1, field_errors::most);
        }
    }
    [[nodiscard]] auto of(std::string_view text) const -> std::size_t {
        auto const found = counts_.find(text);
        return found == counts_.end() ? 0 : found->second;
    }

private:
    std::map<std::string_view, std::size_t> counts_;
};

inline auto validate_mount_propagation(volume_mount const& m, bool privileged, field_path const& at,
                                       field_errors& errors) -> void {
    if (m.mount_propagation)
        check_allowed(object::field_of(&volume_mount::mount_propagation), *m.mount_propagation, at, errors);
    if (m.mount_propagation && *m.mount_propagation == "Bidirectional" && !privileged)
        errors.forbidden(at, "Bidirectional mount propagation is available only to privileged containers");
}

inline auto validate_recursive_read_only(volume_mount const& m, field_path const& at, field_errors& errors)
    -> void {
    if (!m.recursive_read_only || *m.recursive_read_only == "Disabled") return;
    if (!check_allowed(object::field_of(&volume_mount::recursive_read_only), *m.recursive_read_only, at,
                       errors))
        return;
    if (!m.read_only) errors.forbidden(at, "may only be specified when readOnly is true");
    if (m.mount_propagation && *m.mount_propagation != "None")
        errors.forbidden(at, "may only be specified when mountPropagation is None or not specified");
}

/// Paths within the volume. (Refusals name the list and not the element, as in Kubernetes.)
inline auto validate_sub_paths(volume_mount const& m, volume const* v, field_path const& one,
                               field_path const& at, field_errors& errors) -> void {
    constexpr auto no_image = "not allowed in image volume sources";
    auto const of_image = v != nullptr && v->image;
    if (of_image && !m.sub_path.empty()) errors.invalid(one.child("subPath"), m.sub_path, no_image);
    if (of_image && !m.sub_path_expr.empty())
        errors.invalid(one.child("subPathExpr"), m.sub_path_expr, no_image);
    if (!m.sub_path.empty()) validate_descending_path(m.sub_path, at.child("subPath"), errors);
    if (m.sub_path_expr.empty()) return;
    if (!m.sub_path.empty())
        errors.invalid(one.child("subPathExpr"), m.sub_path_expr,
                       "subPathExpr and subPath are mutually exclusive");
    validate_descending_path(m.sub_path_expr, at.child("subPathExpr"), errors);
}

BERTH_DECL auto validate_mounts(container const& c, volume_list const& volumes, field_path const& at,
                                field_errors& errors) -> void {
    auto const privileged = c.security_context && c.security_context->privileged.value_or(false);
    auto const& mounts = c.volume_mounts;
    auto const device_names = occurrences(c.volume_devices, &volume_device::name);
    auto const device_paths = occurrences(c.volume_devices, &volume_device::device_path);
    auto taken = std::set<std::string_view>();
    for (std::size_t i = 0; i < mounts.size(); ++i) {
        auto const& m = mounts[i];
        auto const one = at.index(i);
        auto const name = one.child("name");
        auto const path = one.child("mountPath");
        auto const* v = find_volume(volumes, m.name);
        if (m.name.empty()) errors.required(name);
        if (v == nullptr) errors.not_found(name, m.name);
        if (m.mount_path.empty()) errors.required(path);
        if (!taken.insert(m.mount_path).second) errors.invalid(path, m.mount_path, "must be unique");
        for (auto n = device_names.of(m.name); n > 0; --n)
            errors.invalid(name, m.name, "must not already exist in volumeDevices");
        for (auto n = device_paths.of(m.mount_path); n > 0; --n)
            errors.invalid(path, m.mount_path, "must not already exist as a path in volumeDevices");
        validate_sub_paths(m, v, one, at, errors);
        validate_mount_propagation(m, privileged, at.child("mountPropagation"), errors);
        validate_recursive_read_only(m, at.child("recursiveReadOnly"), errors);
    }
}

BERTH_DECL auto validate_devices(container const& c, volume_list const& volumes, field_path const& at,
                                 field_errors& errors) -> void {
    auto const mount_names = occurrences(c.volume_mounts, &volume_mount::name);
    auto const mount_paths = occurrences(c.volume_mounts, &volume_mount::mount_path);
    auto names = std::set<std::string_view>();
    auto paths = std::set<std::string_view>();
    for (std::size_t i = 0; i < c.volume_devices.size(); ++i) {
        auto const& d = c.volume_devices[i];
        auto const one = at.index(i);
        auto const name = one.child("name");
        auto const path = one.child("devicePath");
        auto const* v = find_volume(volumes, d.name);
        if (d.name.empty()) errors.required(name);
        if (names.contains(d.name)) errors.invalid(name, d.name, "must be unique");
        if (v == nullptr) errors.not_found(name, d.name);
        else if (!v->persistent_volume_claim && !v->ephemeral)
            errors.invalid(
                name, d.name,
                "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
        if (d.device_path.empty()) errors.required(path);
        if (paths.contains(d.device_path)) errors.invalid(path, d.device_path, "must be unique");
        if (has_backstep(d.device_path))
            errors.invalid(path, d.device_path, "can not contain backsteps ('..')");
        else paths.insert(d.device_path);
        for (auto n = mount_names.of(d.name); n > 0; --n)
            errors.invalid(name, d.name, "must not already exist in volumeMounts");
        for (auto n = mount_paths.of(d.device_path); n > 0; --n)
            errors.invalid(path, d.device_path, "must not already exist as a path in volumeMounts");
        if (!d.name.empty()) names.insert(d.name);
    }
}

} // namespace berth::kube::detail

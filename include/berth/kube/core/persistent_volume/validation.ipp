#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/validation.hpp>
#include <berth/kube/core/persistent_volume/validation/sources.hpp>
#include <berth/kube/core/pod/validation/affinity.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>

namespace berth::kube::detail {

inline auto validate_volume_modes(std::vector<std::string> const& modes, field_path const& at,
                                  field_errors& errors) -> void {
    auto const& f = object::field_of(&persistent_volume_spec::access_modes);
    auto alone = false;
    auto others = false;
    if (modes.empty()) errors.required(at);
    for (auto const& mode : modes)
        if (check_allowed(f, mode, at, errors)) (mode == "ReadWriteOncePod" ? alone : others) = true;
    if (alone && others) errors.forbidden(at, "may not use ReadWriteOncePod with other access modes");
}

/// A volume has room, and nothing else.
inline auto validate_volume_capacity(resource_list const& capacity, field_path const& at,
                                     field_errors& errors) -> void {
    if (capacity.empty()) errors.required(at);
    if (!capacity.contains("storage") || capacity.size() > 1) {
        auto shown = std::string();
        append_internal(shown, object::type_of<resource_list>(), &capacity);
        errors.not_supported(at, shown_value::bare(std::move(shown)), {"storage"});
    }
    for (auto const& [name, amount] : capacity) {
        auto const one = at.key(name);
        if (amount.value() < 0) errors.invalid(one, amount.value(), "must be a valid resource quantity");
        if (amount.sign() <= 0) errors.invalid(one, amount.to_string(), "must be greater than zero");
    }
}

inline auto validate_volume_attributes(persistent_volume_spec const& s, field_path const& at,
                                       field_errors& errors) -> void {
    auto const& name = s.volume_attributes_class_name;
    auto const attributes = at.child("volumeAttributesClassName");
    if (!name) return;
    if (name->empty()) errors.required(attributes, "an empty string is disallowed");
    else validate_name(name_rule::dns1123_subdomain, *name, attributes, errors);
    if (!s.csi) errors.required(at.child("csi"), "has to be specified when using volumeAttributesClassName");
}

inline auto validate_volume_affinity(volume_node_affinity const& a, field_path const& at,
                                     field_errors& errors) -> void {
    auto const required = at.child("required");
    if (a.required) validate_node_selector(*a.required, required, errors);
    else errors.required(required, "must specify required node constraints");
}

/// Recycling empties the volume.
inline auto recycles_root(persistent_volume_spec const& s) -> bool {
    return s.host_path && s.persistent_volume_reclaim_policy == "Recycle" &&
           s.host_path->path.find_first_not_of("/.") == std::string::npos && !s.host_path->path.empty();
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(persistent_volume const& v, api::field_errors& errors) -> void {
    auto const& s = v.spec;
    auto const at = api::field_path("spec");
    detail::validate_volume_modes(s.access_modes, at.child("accessModes"), errors);
    detail::validate_volume_capacity(s.capacity, at.child("capacity"), errors);
    if (!s.persistent_volume_reclaim_policy.empty())
        check_allowed(s, &persistent_volume_spec::persistent_volume_reclaim_policy, at, errors);
    if (s.node_affinity) detail::validate_volume_affinity(*s.node_affinity, at.child("nodeAffinity"), errors);
    detail::validate_volume_source(s, at, errors);
    if (detail::recycles_root(s))
        errors.forbidden(at.child("persistentVolumeReclaimPolicy"),
                         "may not be 'recycle' for a hostPath mount of '/'");
    if (!s.storage_class_name.empty())
        detail::validate_name(name_rule::dns1123_subdomain, s.storage_class_name,
                              at.child("storageClassName"), errors);
    check_allowed(s, &persistent_volume_spec::volume_mode, at, errors);
    detail::validate_volume_attributes(s, at, errors);
}

BERTH_DECL auto validate_update(persistent_volume const& now, persistent_volume const& before,
                                api::field_errors& errors) -> void {
    auto const spec = api::field_path("spec");
    validate(now, errors);
    validate(now, errors);
    if (auto const changed = detail::source_difference(before.spec, now.spec); !changed.empty())
        errors.forbidden(spec.child("persistentvolumesource"),
                         "spec.persistentvolumesource is immutable after creation\n" + changed);
    if (now.spec.volume_mode != before.spec.volume_mode)
        errors.invalid(api::field_path("volumeMode"),
                       now.spec.volume_mode ? api::shown_value(*now.spec.volume_mode)
                                            : api::shown_value::null(),
                       detail::immutable);
    if (before.spec.node_affinity && now.spec.node_affinity != before.spec.node_affinity)
        errors.invalid(api::field_path("nodeAffinity"),
                       now.spec.node_affinity ? detail::shown_internal(*now.spec.node_affinity)
                                              : api::shown_value::null(),
                       "field is immutable, except for updating from beta label to GA");
}

} // namespace berth::kube

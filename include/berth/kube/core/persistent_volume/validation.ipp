#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/validation.hpp>
#include <berth/kube/core/pod/validation.hpp>
#include <berth/kube/core/pod/validation/affinity.hpp>
#include <berth/kube/core/pod/validation/diff.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace berth::kube::detail {

inline auto validate_volume_capacity(resource_list const& capacity, field_path const& at,
                                     field_errors& errors) -> void {
    if (capacity.empty()) errors.required(at);
    if (!capacity.contains("storage") || capacity.size() > 1)
        errors.not_supported(at, shown_internal(capacity), {"storage"});
    for (auto const& [name, amount] : capacity) {
        auto const one = at.key(name);
        if (amount.value() < 0) errors.invalid(one, amount.value(), "must be a valid resource quantity");
        if (amount.sign() <= 0) errors.invalid(one, amount.to_string(), "must be greater than zero");
    }
}

inline auto validate_volume_reach(persistent_volume_spec const& s, field_path const& at, field_errors& errors)
    -> void {
    if (!s.node_affinity) return;
    if (!s.node_affinity->required)
        return errors.required(at.child("required"), "must specify required node constraints");
    validate_node_selector(*s.node_affinity->required, at.child("required"), errors);
}

inline auto validate_volume_classes(persistent_volume_spec const& s, field_path const& at,
                                    field_errors& errors) -> void {
    if (!s.storage_class_name.empty())
        validate_name(name_rule::dns1123_subdomain, s.storage_class_name, at.child("storageClassName"),
                      errors);
    check_allowed(s, &persistent_volume_spec::volume_mode, at, errors);
    if (!s.volume_attributes_class_name) return;
    auto const field = at.child("volumeAttributesClassName");
    if (s.volume_attributes_class_name->empty()) errors.required(field, "an empty string is disallowed");
    else validate_name(name_rule::dns1123_subdomain, *s.volume_attributes_class_name, field, errors);
    if (!s.csi) errors.required(at.child("csi"), "has to be specified when using volumeAttributesClassName");
}

/// `/` or what comes to the same: `//`, `/a/..`.
inline auto is_root(std::string_view path) -> bool {
    auto depth = 0;
    while (!path.empty()) {
        auto const slash = path.find('/');
        auto const part = path.substr(0, slash);
        if (part == "..") depth = std::max(depth - 1, 0);
        else if (!part.empty() && part != ".") ++depth;
        if (slash == std::string_view::npos) break;
        path.remove_prefix(slash + 1);
    }
    return depth == 0;
}

inline auto validate_volume_spec(persistent_volume_spec const& s, field_path const& at, field_errors& errors)
    -> void {
    auto const modes = at.child("accessModes");
    if (s.access_modes.empty()) errors.required(modes);
    validate_access_modes(s.access_modes, modes, errors);
    validate_volume_capacity(s.capacity, at.child("capacity"), errors);
    if (!s.persistent_volume_reclaim_policy.empty())
        check_allowed(s, &persistent_volume_spec::persistent_volume_reclaim_policy, at, errors);
    validate_volume_reach(s, at.child("nodeAffinity"), errors);
    validate_volume_place(s, at, errors);
    if (s.host_path && s.host_path->path.starts_with('/') && is_root(s.host_path->path) &&
        s.persistent_volume_reclaim_policy == "Recycle")
        errors.forbidden(at.child("persistentVolumeReclaimPolicy"),
                         "may not be 'recycle' for a hostPath mount of '/'");
    validate_volume_classes(s, at, errors);
}

/// Where a volume is, as JSON of the server's internal type.
inline auto place_json(persistent_volume_spec const& s) -> std::string {
    auto out = std::string();
    for (auto const* const f : volume_sources()) {
        ((out += out.empty() ? "{\"" : ",\"") += internal_name(f->name)) += "\":";
        append_internal(out, f->type(), f->in(&s));
    }
    return out += '}';
}

/// A secret for expanding may come to a driver's volume that had none.
inline auto validate_place_kept(persistent_volume_spec now, persistent_volume_spec const& before,
                                field_errors& errors) -> void {
    if (now.csi && before.csi && !before.csi->controller_expand_secret_ref)
        now.csi->controller_expand_secret_ref.reset();
    auto const same = [&](object::field_info const* f) {
        return f->type().equal(f->in(&now), f->in(&before));
    };
    auto const sources = volume_sources();
    if (std::all_of(sources.begin(), sources.end(), same)) return;
    errors.forbidden(spec_path.child("persistentvolumesource"),
                     "spec.persistentvolumesource is immutable after creation\n" +
                         json_difference(place_json(before), place_json(now)));
}

/// The new name of a label that nodes had under another.
inline auto lasting_label(std::string_view label) -> std::string_view {
    constexpr std::pair<std::string_view, std::string_view> names[] = {
        {"beta.kubernetes.io/os", "kubernetes.io/os"},
        {"beta.kubernetes.io/arch", "kubernetes.io/arch"},
        {"failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"},
        {"failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"},
        {"beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type"},
    };
    for (auto const& [old, name] : names)
        if (old == label) return name;
    return label;
}

/// The affinity as it is now, but with old names of labels where they were before.
inline auto with_old_labels(volume_node_affinity now, volume_node_affinity const& before)
    -> volume_node_affinity {
    if (!now.required || !before.required) return now;
    auto& terms = now.required->node_selector_terms;
    auto const& old = before.required->node_selector_terms;
    for (std::size_t i = 0; i < std::min(terms.size(), old.size()); ++i) {
        auto& expressions = terms[i].match_expressions;
        auto const& known = old[i].match_expressions;
        for (std::size_t k = 0; k < std::min(expressions.size(), known.size()); ++k)
            if (expressions[k].key == lasting_label(known[k].key)) expressions[k].key = known[k].key;
    }
    return now;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(persistent_volume const& v, api::field_errors& errors) -> void {
    detail::validate_volume_spec(v.spec, detail::spec_path, errors);
}

BERTH_DECL auto validate_update(persistent_volume const& now, persistent_volume const& before,
                                api::field_errors& errors) -> void {
    validate(now, errors);
    validate(now, errors); // Kubernetes tells these mistakes twice
    detail::validate_place_kept(now.spec, before.spec, errors);
    auto const& mode = now.spec.volume_mode;
    if (!(mode == before.spec.volume_mode))
        errors.invalid(api::field_path("volumeMode"),
                       mode ? api::shown_value(*mode) : api::shown_value::null(), detail::immutable);
    auto const& reach = now.spec.node_affinity;
    auto const& old = before.spec.node_affinity;
    if (old && !(reach && detail::with_old_labels(*reach, *old) == *old))
        errors.invalid(api::field_path("nodeAffinity"), detail::shown_internal(reach),
                       "field is immutable, except for updating from beta label to GA");
    if (before.spec.volume_attributes_class_name && !now.spec.volume_attributes_class_name)
        errors.forbidden(detail::spec_path.child("volumeAttributesClassName"),
                         "update from non-nil value to nil is forbidden");
}

} // namespace berth::kube

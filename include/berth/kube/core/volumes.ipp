#pragma once

/// \file
/// The bodies of `berth/kube/core/volumes.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/volumes.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace berth::kube::detail {

inline constexpr std::string_view beta_storage_class = "volume.beta.kubernetes.io/storage-class";

inline constexpr std::string_view short_access_modes[][2] = {{"ReadWriteOnce", "RWO"},
                                                             {"ReadOnlyMany", "ROX"},
                                                             {"ReadWriteMany", "RWX"},
                                                             {"ReadWriteOncePod", "RWOP"}};

inline auto text_or(object::boxed<std::string> const& text, std::string_view otherwise) -> std::string_view {
    return text ? std::string_view(*text) : otherwise;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto storage_class_of(persistent_volume_claim const& c) -> std::string {
    if (auto const* const old = c.metadata.annotations.find(detail::beta_storage_class)) return *old;
    return c.spec.storage_class_name ? *c.spec.storage_class_name : std::string();
}

BERTH_DECL auto storage_class_of(persistent_volume const& v) -> std::string {
    auto const* const old = v.metadata.annotations.find(detail::beta_storage_class);
    return old != nullptr ? *old : v.spec.storage_class_name;
}

BERTH_DECL auto has_storage_class(persistent_volume_claim const& c) -> bool {
    return c.spec.storage_class_name || c.metadata.annotations.contains(detail::beta_storage_class);
}

BERTH_DECL auto storage_in(resource_list const& resources) -> object::quantity {
    return resources.get("storage");
}

BERTH_DECL auto is_meant_for(persistent_volume const& v, persistent_volume_claim const& c) -> bool {
    if (!v.spec.claim_ref) return false;
    auto const& ref = *v.spec.claim_ref;
    return ref.name == c.metadata.name && ref.namespace_ == c.metadata.namespace_ &&
           (ref.uid.empty() || ref.uid == c.metadata.uid);
}

BERTH_DECL auto has_access_modes(persistent_volume const& v, persistent_volume_claim const& c) -> bool {
    auto const& had = v.spec.access_modes;
    return std::all_of(c.spec.access_modes.begin(), c.spec.access_modes.end(), [&](auto const& mode) {
        return std::find(had.begin(), had.end(), mode) != had.end();
    });
}

BERTH_DECL auto has_volume_mode(persistent_volume const& v, persistent_volume_claim const& c) -> bool {
    return detail::text_or(v.spec.volume_mode, "Filesystem") ==
           detail::text_or(c.spec.volume_mode, "Filesystem");
}

BERTH_DECL auto has_attributes_class(persistent_volume const& v, persistent_volume_claim const& c) -> bool {
    return detail::text_or(v.spec.volume_attributes_class_name, {}) ==
           detail::text_or(c.spec.volume_attributes_class_name, {});
}

BERTH_DECL auto bound_to(persistent_volume const& v, persistent_volume_claim const& c)
    -> std::optional<persistent_volume> {
    auto out = v;
    auto const& m = c.metadata;
    auto const mine = is_meant_for(v, c);
    if (!mine || v.spec.claim_ref->uid != m.uid) {
        auto ref = object_reference();
        ref.kind = "PersistentVolumeClaim";
        ref.api_version = "v1";
        ref.namespace_ = m.namespace_;
        ref.name = m.name;
        ref.uid = m.uid;
        ref.resource_version = m.resource_version;
        out.spec.claim_ref.engage() = std::move(ref);
    }
    if (!mine && !out.metadata.annotations.contains(bound_by_controller_annotation))
        out.metadata.annotations[bound_by_controller_annotation] = "yes";
    if (out == v) return std::nullopt;
    return out;
}

BERTH_DECL auto selected_node_of(persistent_volume_claim const& c) -> std::string const* {
    return c.metadata.annotations.find(selected_node_annotation);
}

BERTH_DECL auto shown_access_modes(std::vector<std::string> const& modes) -> std::string {
    auto out = std::string();
    for (auto const& [mode, name] : detail::short_access_modes) {
        if (std::find(modes.begin(), modes.end(), mode) == modes.end()) continue;
        if (!out.empty()) out += ',';
        out += name;
    }
    return out;
}

BERTH_DECL auto shown_storage(resource_list const& resources) -> std::string {
    auto const* const amount = resources.find("storage");
    return amount == nullptr ? "0" : amount->to_string();
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/schedule/csi_migration.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/csi_migration.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace berth::kube::detail {

inline constexpr csi_replacement replacements[] = {
    {"kubernetes.io/aws-ebs", "ebs.csi.aws.com", "topology.ebs.csi.aws.com/zone"},
    {"kubernetes.io/gce-pd", "pd.csi.storage.gke.io", "topology.gke.io/zone"},
    {"kubernetes.io/azure-disk", "disk.csi.azure.com", "topology.disk.csi.azure.com/zone"},
    {"kubernetes.io/cinder", "cinder.csi.openstack.org", "topology.cinder.csi.openstack.org/zone"},
    {"kubernetes.io/portworx-volume", "pxd.portworx.com", ""},
};

/// `aws://zone/vol-1` and `vol-1` are one volume.
inline auto aws_handle(std::string const& id) -> std::string {
    return id.starts_with("aws://") ? id.substr(id.rfind('/') + 1) : id;
}

inline constexpr std::string_view zone_key = "topology.kubernetes.io/zone";
inline constexpr std::string_view region_key = "topology.kubernetes.io/region";
inline constexpr std::string_view old_zone_key = "failure-domain.beta.kubernetes.io/zone";
inline constexpr std::string_view old_region_key = "failure-domain.beta.kubernetes.io/region";

/// Whether a selector speaks of a label.
inline auto speaks_of(node_selector const& s, std::string_view key) -> bool {
    for (auto const& t : s.node_selector_terms)
        for (auto const& r : t.match_expressions)
            if (r.key == key) return true;
    return false;
}

inline auto rename(node_selector& s, std::string_view from, std::string_view to) -> void {
    for (auto& t : s.node_selector_terms)
        for (auto& r : t.match_expressions)
            if (r.key == from) r.key = std::string(to);
}

/// The zones of a label `z1__z2`, each once.
inline auto zones_of_label(std::string_view text) -> std::vector<std::string> {
    constexpr auto between = std::string_view("__");
    auto out = std::vector<std::string>();
    while (true) {
        auto const end = text.find(between);
        auto const one = text.substr(0, end);
        if (!one.empty() && std::find(out.begin(), out.end(), one) == out.end()) out.emplace_back(one);
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end + between.size());
    }
}

/// Each term wants one of some values of a label too.
inline auto want(node_selector& s, std::string_view key, std::vector<std::string> const& values) -> void {
    if (s.node_selector_terms.empty()) s.node_selector_terms.emplace_back();
    for (auto& t : s.node_selector_terms) {
        auto& r = t.match_expressions.emplace_back();
        r.key = std::string(key);
        r.operator_ = "In";
        r.values = values;
    }
}

/// Zones as a driver tells them (`translateTopologyFromInTreeToCSI`): those of the volume's affinity; of its
/// labels, if that says nothing of zones.
inline auto translate(persistent_volume const& v, std::string_view driver_key, node_selector& s) -> void {
    auto const& labels = v.metadata.labels;
    auto const speaks_new = speaks_of(s, zone_key);
    auto const old = !speaks_new && (speaks_of(s, old_zone_key) ||
                                     (!labels.contains(zone_key) && labels.contains(old_zone_key)));
    auto const zone = old ? old_zone_key : zone_key;
    if (speaks_of(s, zone)) rename(s, zone, driver_key);
    else if (auto const* const told = labels.find(zone))
        if (auto const zones = zones_of_label(*told); !zones.empty()) want(s, driver_key, zones);
    if (old) rename(s, old_region_key, region_key);
}

/// Of the volume of a pod or a persistent volume.
template <class Source> auto migrated_source(Source const& s) -> std::optional<migrated_volume> {
    auto const& [aws, gce, azure, cinder, portworx] = replacements;
    using m = migrated_volume;
    if (s.aws_elastic_block_store) return m{aws, aws_handle(s.aws_elastic_block_store->volume_id)};
    if (s.gce_persistent_disk) return m{gce, s.gce_persistent_disk->pd_name};
    if (s.azure_disk) return m{azure, s.azure_disk->disk_uri};
    if (s.cinder) return m{cinder, s.cinder->volume_id};
    if (s.portworx_volume) return m{portworx, s.portworx_volume->volume_id};
    return std::nullopt;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto replacement_of(std::string_view plugin) -> csi_replacement const* {
    for (auto const& r : detail::replacements)
        if (r.plugin == plugin) return &r;
    return nullptr;
}

BERTH_DECL auto migrated(volume const& v) -> std::optional<migrated_volume> {
    return detail::migrated_source(v);
}

BERTH_DECL auto migrated(persistent_volume_spec const& v) -> std::optional<migrated_volume> {
    return detail::migrated_source(v);
}

BERTH_DECL auto plugins_replaced_on(csi_node const& n) -> std::set<std::string_view> {
    auto out = std::set<std::string_view>();
    auto const* const told = n.metadata.annotations.find("storage.alpha.kubernetes.io/migrated-plugins");
    if (told == nullptr) return out;
    auto rest = std::string_view(*told);
    while (true) {
        auto const end = rest.find(',');
        out.insert(rest.substr(0, end));
        if (end == std::string_view::npos) return out;
        rest.remove_prefix(end + 1);
    }
}

BERTH_DECL auto reach_of(persistent_volume const& v, csi_node const* on) -> std::optional<node_selector> {
    auto out = std::optional<node_selector>();
    if (v.spec.node_affinity && v.spec.node_affinity->required) out = *v.spec.node_affinity->required;
    auto const old = on == nullptr ? std::nullopt : migrated(v.spec);
    if (!old || old->by.zone_key.empty() || !plugins_replaced_on(*on).contains(old->by.plugin)) return out;
    auto translated = out.value_or(node_selector());
    detail::translate(v, old->by.zone_key, translated);
    if (out || !translated.node_selector_terms.empty()) out = std::move(translated);
    return out;
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/volume_zone.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/volumes.hpp>
#include <berth/kube/schedule/plugins/volume_zone.hpp>
#include <berth/kube/schedule/volume_claims.hpp>

#include <algorithm>

namespace berth::kube::plugins::detail {

inline constexpr std::string_view zone_label = "topology.kubernetes.io/zone";
inline constexpr std::string_view region_label = "topology.kubernetes.io/region";
inline constexpr std::string_view beta_zone_label = "failure-domain.beta.kubernetes.io/zone";
inline constexpr std::string_view beta_region_label = "failure-domain.beta.kubernetes.io/region";
inline constexpr std::string_view place_labels[] = {beta_zone_label, beta_region_label, zone_label,
                                                    region_label};

/// `z1__z2`: several values of a label. None if one of them is empty.
inline auto split_zones(std::string_view text) -> std::vector<std::string> {
    constexpr auto between = std::string_view("__");
    constexpr auto blanks = std::string_view(" \t\n\v\f\r");
    auto out = std::vector<std::string>();
    while (true) {
        auto const end = text.find(between);
        auto one = text.substr(0, end);
        one.remove_prefix(std::min(one.find_first_not_of(blanks), one.size()));
        one = one.substr(0, one.find_last_not_of(blanks) + 1);
        if (one.empty()) return {};
        out.emplace_back(one);
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end + between.size());
    }
}

inline auto add_places(persistent_volume const& v, volume_zone_leaf::places& out) -> void {
    for (auto const key : place_labels) {
        auto const* const value = v.metadata.labels.find(key);
        if (value == nullptr) continue;
        auto zones = split_zones(*value);
        if (!zones.empty()) out.push_back({key, std::move(zones)});
    }
}

/// Why a claim that has no volume yet cannot wait for the pod's node; nothing if it can.
inline auto waiting_problem(persistent_volume_claim const& c, catalogue const& all) -> std::string {
    auto const name = storage_class_of(c);
    if (name.empty()) return "PersistentVolumeClaim had no pv name and storageClass name";
    auto const* const kind = all.storage_classes.find("", name);
    if (kind == nullptr) return "storageclass.storage.k8s.io \"" + name + "\" not found";
    if (!kind->volume_binding_mode) return "VolumeBindingMode not set for StorageClass \"" + name + "\"";
    return *kind->volume_binding_mode == "WaitForFirstConsumer" ? "" : "PersistentVolume had no name";
}

/// Adds where the volume of a claim is, or says what is wrong.
inline auto add_claim(std::string const& space, std::string const& name, catalogue const& all,
                      volume_zone_leaf::places& out) -> std::string {
    if (name.empty()) return "PersistentVolumeClaim had no name";
    auto const* const c = all.claims.find(space, name);
    if (c == nullptr) return claim_not_found(name);
    if (c->spec.volume_name.empty()) return waiting_problem(*c, all);
    auto const* const v = all.volumes.find("", c->spec.volume_name);
    if (v == nullptr) return "persistentvolume \"" + c->spec.volume_name + "\" not found";
    add_places(*v, out);
    return {};
}

BERTH_DECL auto place_of(node_info const& n, std::string_view key) -> std::string const* {
    auto const& labels = n.value->metadata.labels;
    if (auto const* const value = labels.find(key)) return value;
    if (key == beta_zone_label) return labels.find(zone_label);
    return key == beta_region_label ? labels.find(region_label) : nullptr;
}

BERTH_DECL auto volume_zone_leaf::prepare(pod_info const& p) const
    -> std::expected<places, schedule::verdict> {
    auto out = places();
    for (auto const& v : p.spec().volumes) {
        if (!v.persistent_volume_claim) continue;
        auto problem =
            add_claim(p.value->metadata.namespace_, v.persistent_volume_claim->claim_name, *p.catalogue, out);
        if (!problem.empty()) return std::unexpected(schedule::rule_out(std::move(problem)));
    }
    return out;
}

BERTH_DECL auto volume_zone_leaf::operator()(pod_info const&, node_info const& n, places const& wanted) const
    -> schedule::verdict {
    auto const& labels = n.value->metadata.labels;
    if (wanted.empty() || std::none_of(std::begin(place_labels), std::end(place_labels),
                                       [&](auto key) { return labels.contains(key); }))
        return schedule::accept;
    for (auto const& w : wanted) {
        auto const* const value = place_of(n, w.key);
        if (value == nullptr || std::find(w.values.begin(), w.values.end(), *value) == w.values.end())
            return schedule::rule_out("node(s) had no available volume zone");
    }
    return schedule::accept;
}

BERTH_DECL auto volume_zone_leaf::helped_by(pod_info const& p,
                                            kind_changed<persistent_volume_claim> const& c) const -> bool {
    return c.either([&](auto const& claim) { return is_on(*p.value, claim); });
}

BERTH_DECL auto volume_zone_leaf::helped_by(pod_info const& p, kind_changed<persistent_volume> const& c) const
    -> bool {
    return c.either([&](auto const& v) {
        return any_claim(*p.value, *p.catalogue,
                         [&](auto const& claim) { return claim.spec.volume_name == v.metadata.name; });
    });
}

BERTH_DECL auto volume_zone_leaf::helped_by(pod_info const& p, kind_changed<storage_class> const& c) const
    -> bool {
    return c.either(
        [&](auto const& kind) { return has_claim_of_class(*p.value, *p.catalogue, kind.metadata.name); });
}

} // namespace berth::kube::plugins::detail

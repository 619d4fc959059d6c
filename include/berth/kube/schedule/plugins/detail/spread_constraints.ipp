#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/detail/spread_constraints.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/node_selection.hpp>
#include <berth/kube/schedule/plugins/detail/spread_constraints.hpp>
#include <berth/kube/schedule/tolerations.hpp>
#include <berth/object/label_selector.hpp>

#include <algorithm>

namespace berth::kube::plugins::detail {

/// Both selectors. One that matches nothing adds no requirement to others, as in the original.
inline auto joined(object::selector const& a, object::selector const& b) -> object::selector {
    auto all = a.requirements();
    all.insert(all.end(), b.requirements().begin(), b.requirements().end());
    return object::selector::of(std::move(all));
}

/// A constraint of a pod; its own values of `matchLabelKeys` are part of the selector.
inline auto spread_of(pod_info const& p, topology_spread_constraint const& c) -> spread {
    auto out = spread();
    out.max_skew = c.max_skew;
    out.key = c.topology_key;
    out.selects = object::to_selector(c.label_selector).value_or(object::selector::nothing());
    auto own = object::string_map();
    for (auto const& key : c.match_label_keys)
        if (auto const* const value = p.labels().find(key)) own[key] = *value;
    if (!own.empty()) out.selects = joined(object::selector::of_labels(own), out.selects);
    out.min_domains = c.min_domains.value_or(1);
    out.honors_affinity = !c.node_affinity_policy || *c.node_affinity_policy == "Honor";
    out.honors_taints = c.node_taints_policy && *c.node_taints_policy == "Honor";
    return out;
}

/// Which pods are of the same kind as this one, by its services and the set that it belongs to (kubernetes
/// 1.36, `plugins/helper/spread.go`). Empty if there are none.
inline auto kindred(pod_info const& p) -> object::selector {
    auto const& m = p.value->metadata;
    auto labels = object::string_map();
    for (auto const* const s : p.catalogue->services.selecting(m.namespace_, m.labels))
        for (auto const& [key, value] : s->spec.selector) labels[key] = value;
    auto out = object::selector::of_labels(labels);
    auto const* const owner = object::controller_of(m);
    if (owner == nullptr || owner->kind != "ReplicaSet" || owner->api_version != "apps/v1") return out;
    auto const* const set = p.catalogue->replica_sets.entry_of(m.namespace_, owner->name);
    return set == nullptr ? out : joined(out, set->selects);
}

inline auto system_spreads(object::selector const& pods) -> spreads {
    return {spread{3, "kubernetes.io/hostname", pods}, spread{5, "topology.kubernetes.io/zone", pods}};
}

BERTH_DECL auto spreads_of(pod_info const& p, default_spreading const& defaults, std::string_view kind)
    -> spreads {
    auto const& own = p.spec().topology_spread_constraints;
    auto out = spreads();
    auto const take = [&](auto const& all) {
        for (topology_spread_constraint const& c : all)
            if (c.when_unsatisfiable == kind) out.push_back(spread_of(p, c));
    };
    if (!own.empty()) {
        take(own);
        return out;
    }
    if (!defaults.by_system) take(defaults.constraints);
    if (defaults.by_system ? kind != "ScheduleAnyway" : out.empty()) return {};
    auto const pods = kindred(p);
    if (pods.empty()) return {};
    if (defaults.by_system) return system_spreads(pods);
    for (auto& s : out) s.selects = pods;
    return out;
}

BERTH_DECL auto has_keys(node const& n, spreads const& all) -> bool {
    return std::all_of(all.begin(), all.end(),
                       [&](auto const& s) { return n.metadata.labels.contains(s.key); });
}

BERTH_DECL auto counts_in(spread const& s, pod_info const& p, node const& n) -> bool {
    return (!s.honors_affinity || selects(p.spec(), n)) &&
           (!s.honors_taints || untolerated(n.spec.taints, p.spec().tolerations) == nullptr);
}

BERTH_DECL auto counts(spread const& s, std::string_view space, pod_info const& there) -> bool {
    auto const& m = there.value->metadata;
    return !s.selects.empty() && !m.deleting() && m.namespace_ == space && s.selects.matches(m.labels);
}

BERTH_DECL auto matching_pods(spread const& s, pod_info const& p, node_info const& n) -> std::int64_t {
    auto const& space = p.value->metadata.namespace_;
    return std::count_if(n.pods.begin(), n.pods.end(),
                         [&](pod_handle const& other) { return counts(s, space, *other); });
}

} // namespace berth::kube::plugins::detail

#pragma once

/// \file
/// The bodies of `berth/kube/apps/replica_set/controller/replicas.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/replica_set/controller/replicas.hpp>

#include <range/v3/algorithm/count_if.hpp>

#include <algorithm>

namespace berth::kube::detail {

BERTH_DECL auto count_replicas(seen_pods const& active, pod_template_spec const& t,
                               std::int32_t min_ready_seconds, time_point now) -> replica_counts {
    auto const labels = object::selector::of_labels(t.metadata.labels);
    auto out = replica_counts{.all = static_cast<std::int32_t>(active.size())};
    for (auto const& p : active) {
        out.fully_labelled += labels.matches(p->metadata.labels) ? 1 : 0;
        out.ready += is_ready(*p) ? 1 : 0;
        out.available += is_available(*p, min_ready_seconds, now) ? 1 : 0;
    }
    return out;
}

BERTH_DECL auto failed_on_pods(reconcile::snapshot const& world) -> reconcile::failure const* {
    auto out = static_cast<reconcile::failure const*>(nullptr);
    for (auto const& f : world.failures())
        if (auto const* const r = reconcile::resource_of(f.what); r != nullptr && *r == pod::resource)
            out = &f;
    return out;
}

BERTH_DECL auto first_to_go(seen_pods const& active, std::map<std::string, std::size_t> const& siblings,
                            std::ptrdiff_t count, time_point now) -> seen_pods {
    auto ranked = std::vector<ranked_pod>();
    for (auto const& p : active) {
        auto const at = siblings.find(p->spec.node_name);
        ranked.push_back({p, at == siblings.end() ? 0 : at->second});
    }
    rank_for_deletion(ranked, now);
    auto out = seen_pods();
    for (auto i = std::ptrdiff_t{0}; i < count; ++i) out.push_back(ranked[static_cast<std::size_t>(i)].value);
    return out;
}

BERTH_DECL auto count_terminating(reconcile::snapshot const& world, std::string_view owner_uid,
                                  object::selector const& selector) -> std::int32_t {
    auto const is_terminating = [&](auto p) {
        return p->metadata.deleting() && !is_finished(*p) && selector.matches(p->metadata.labels);
    };
    return static_cast<std::int32_t>(ranges::count_if(world.owned_by<pod>(owner_uid), is_terminating));
}

BERTH_DECL auto count_by_node(reconcile::snapshot const& world, std::string_view namespace_,
                              std::vector<object::selector> const& selectors)
    -> std::map<std::string, std::size_t> {
    auto out = std::map<std::string, std::size_t>();
    for (auto const p : world.all_in<pod>(namespace_)) {
        auto const selected = std::any_of(selectors.begin(), selectors.end(),
                                          [&](auto const& s) { return s.matches(p->metadata.labels); });
        if (selected && is_active(*p)) ++out[p->spec.node_name];
    }
    return out;
}

BERTH_DECL auto surplus_of(seen_pods const& active, std::int32_t wanted, reconcile::plan& plan)
    -> std::ptrdiff_t {
    auto const out = std::clamp(std::ssize(active) - wanted, -replicas_burst, replicas_burst);
    auto const missing = static_cast<std::size_t>(std::max(-out, std::ptrdiff_t{0}));
    plan.steps.reserve(plan.steps.size() + 2 * missing + 1); // each pod with a note, and the status
    return out;
}

} // namespace berth::kube::detail

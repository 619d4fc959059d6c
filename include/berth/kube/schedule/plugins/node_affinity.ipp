#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/node_affinity.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/node_selection.hpp>
#include <berth/kube/schedule/plugins/node_affinity.hpp>

#include <algorithm>

namespace berth::kube::plugins::detail {

BERTH_DECL auto affinity_of(pod_info const& p) -> kube::node_affinity const* {
    auto const& a = p.spec().affinity;
    return a && a->node_affinity ? &*a->node_affinity : nullptr;
}

/// The nodes that a term names: all of its requirements on the name hold. Nothing if it has none.
inline auto names_in(node_selector_term const& term) -> named_nodes::names {
    auto out = named_nodes::names();
    for (auto const& r : term.match_fields) {
        if (r.key != "metadata.name" || r.operator_ != "In") continue;
        if (!out) out = r.values;
        else
            std::erase_if(*out, [&](auto const& name) {
                return std::find(r.values.begin(), r.values.end(), name) == r.values.end();
            });
    }
    return out;
}

/// The sum of the weights of the terms that a node matches.
inline auto preference_for(kube::node_affinity const* a, node const& n) -> std::int64_t {
    auto sum = std::int64_t{0};
    if (a == nullptr) return sum;
    for (auto const& t : a->preferred_during_scheduling_ignored_during_execution)
        if (matches(t.preference, n)) sum += t.weight;
    return sum;
}

inline auto prefers_something(kube::node_affinity const* a) -> bool {
    return a != nullptr && !a->preferred_during_scheduling_ignored_during_execution.empty();
}

} // namespace berth::kube::plugins::detail

namespace berth::kube::plugins {

BERTH_DECL auto named_nodes::prepare(pod_info const& p) const -> std::expected<names, schedule::verdict> {
    auto const* const a = detail::affinity_of(p);
    if (a == nullptr || !a->required_during_scheduling_ignored_during_execution) return names();
    auto const& terms = a->required_during_scheduling_ignored_during_execution->node_selector_terms;
    auto all = std::vector<std::string>();
    for (auto const& term : terms) {
        auto const named = detail::names_in(term);
        if (!named) return names();
        all.insert(all.end(), named->begin(), named->end());
    }
    if (terms.empty()) return names();
    if (all.empty()) return std::unexpected(schedule::rule_out("pod affinity terms conflict"));
    std::sort(all.begin(), all.end());
    return names(std::move(all));
}

BERTH_DECL auto named_nodes::operator()(pod_info const&, node_info const& n, names const& allowed) const
    -> schedule::verdict {
    if (!allowed || std::binary_search(allowed->begin(), allowed->end(), n.name())) return schedule::accept;
    return schedule::rule_out();
}

BERTH_DECL auto required_nodes::operator()(pod_info const& p, node_info const& n) const -> schedule::verdict {
    if (added != nullptr && added->required_during_scheduling_ignored_during_execution &&
        !matches(*added->required_during_scheduling_ignored_during_execution, *n.value))
        return schedule::rule_out("node(s) didn't match scheduler-enforced node affinity");
    if (selects(p.spec(), *n.value)) return schedule::accept;
    return schedule::rule_out("node(s) didn't match Pod's node affinity/selector");
}

BERTH_DECL auto preferred_nodes::prepare(pod_info const& p) const -> std::optional<preferences> {
    if (!detail::prefers_something(detail::affinity_of(p)) && !detail::prefers_something(added)) return {};
    return preferences{};
}

BERTH_DECL auto preferred_nodes::operator()(pod_info const& p, node_info const& n, preferences const&) const
    -> schedule::points {
    return static_cast<schedule::points>(detail::preference_for(detail::affinity_of(p), *n.value) +
                                         detail::preference_for(added, *n.value));
}

} // namespace berth::kube::plugins

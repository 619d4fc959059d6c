#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/pod_topology_spread.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/detail/spread_constraints.hpp>
#include <berth/kube/schedule/plugins/normalize.hpp>
#include <berth/kube/schedule/plugins/pod_topology_spread.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace berth::kube::plugins::detail {

/// Puts what a node has into the counts, or (`sign` -1) takes it out.
inline auto count_node(required_spread::state& s, pod_info const& p, node_info const& n, std::int64_t sign)
    -> void {
    if (!n.value || !has_keys(*n.value, *s.constraints)) return;
    for (std::size_t i = 0; i < s.constraints->size(); ++i) {
        auto const& c = (*s.constraints)[i];
        if (!counts_in(c, p, *n.value)) continue;
        s.counts[i].add(n.value->metadata.labels.get(c.key), sign * matching_pods(c, p, n), sign);
    }
}

/// One pod more or less on a node, as `updateWithPod` of the original has it.
inline auto count_pod(required_spread::state& s, pod_info const& p, node const& n, pod_info const& other,
                      std::int64_t sign) -> void {
    auto const& m = other.value->metadata;
    if (m.namespace_ != p.value->metadata.namespace_ || !has_keys(n, *s.constraints)) return;
    for (std::size_t i = 0; i < s.constraints->size(); ++i) {
        auto const& c = (*s.constraints)[i];
        if (c.selects.matches(m.labels) && counts_in(c, p, n))
            s.counts[i].add(n.metadata.labels.get(c.key), sign, 0);
    }
}

/// Whether a node gets points at all.
inline auto takes_part(preferred_spread::state const& s, node const& n) -> bool {
    return !s.needs_all_keys || has_keys(n, s.constraints);
}

/// The domains of the candidates, and from their number the weight of each constraint.
inline auto find_domains(preferred_spread::state& s, schedule::candidates<node_info> found) -> void {
    auto const count = s.constraints.size();
    s.counts.resize(count);
    s.by_host.resize(count);
    auto candidates = std::size_t{0};
    for (std::size_t k = 0; k < found.size(); ++k) {
        auto const& n = *found[k].value;
        if (!takes_part(s, n)) continue;
        ++candidates;
        for (std::size_t i = 0; i < count; ++i)
            if (!is_about_hosts(s.constraints[i]))
                s.counts[i][n.metadata.labels.get(s.constraints[i].key)] = 0;
    }
    for (std::size_t i = 0; i < count; ++i) {
        auto const by_host = is_about_hosts(s.constraints[i]);
        if (by_host) s.by_host[i].resize(found.size());
        auto const domains = by_host ? candidates : s.counts[i].size();
        s.weights.push_back(std::log(static_cast<double>(domains) + 2));
    }
}

/// The matching pods of one node by constraint, each selector asked at most once.
class match_counter {
public:
    match_counter(spreads const& all, pod_info const& p, node_info const& n)
        : all_(&all), pod_(&p), node_(&n), known_(all.size(), -1) {}

    auto operator()(std::size_t i) -> std::int64_t {
        for (std::size_t k = 0; k < known_.size() && known_[i] < 0; ++k)
            if (known_[k] >= 0 && (*all_)[k].selects == (*all_)[i].selects) known_[i] = known_[k];
        if (known_[i] < 0) known_[i] = matching_pods((*all_)[i], *pod_, *node_);
        return known_[i];
    }

private:
    spreads const* all_;
    pod_info const* pod_;
    node_info const* node_;
    std::vector<std::int64_t> known_;
};

/// Adds what a node has to its domains.
inline auto count_domains(preferred_spread::state& s, pod_info const& p, node_info const& n,
                          match_counter& matches) -> void {
    for (std::size_t i = 0; i < s.constraints.size(); ++i) {
        auto const& c = s.constraints[i];
        if (is_about_hosts(c)) continue;
        auto const* const domain = n.value->metadata.labels.find(c.key);
        auto const at = s.counts[i].find(domain == nullptr ? std::string_view() : std::string_view(*domain));
        if (at != s.counts[i].end() && counts_in(c, p, *n.value)) at->second += matches(i);
    }
}

inline auto count_host(preferred_spread::state& s, std::size_t candidate, match_counter& matches) -> void {
    for (std::size_t i = 0; i < s.constraints.size(); ++i)
        if (is_about_hosts(s.constraints[i])) s.by_host[i][candidate] = matches(i);
}

} // namespace berth::kube::plugins::detail

namespace berth::kube::plugins {

BERTH_DECL auto required_spread::prepare(pod_info const& p, std::span<node_info const> nodes) const
    -> std::optional<state> {
    auto constraints = detail::spreads_of(p, defaults, "DoNotSchedule");
    if (constraints.empty()) return {};
    auto out = state();
    out.counts.resize(constraints.size());
    out.constraints = std::make_shared<detail::spreads const>(std::move(constraints));
    for (auto const& n : nodes) detail::count_node(out, p, n, 1);
    for (auto& c : out.counts) c.seal();
    return out;
}

BERTH_DECL auto required_spread::advance(std::optional<state> s, pod_info const& p,
                                         schedule::change<node_info> const& what) const
    -> std::optional<state> {
    if (!s) return s;
    if (what.supposed && what.before.same_node(what.after)) {
        for_each_difference(what.before, what.after, [&](pod_info const& other, int sign) {
            detail::count_pod(*s, p, *what.after.value, other, sign);
        });
        return s;
    }
    detail::count_node(*s, p, what.before, -1);
    detail::count_node(*s, p, what.after, 1);
    return s;
}

BERTH_DECL auto required_spread::operator()(pod_info const& p, node_info const& n, state const& s) const
    -> schedule::verdict {
    for (std::size_t i = 0; i < s.constraints->size(); ++i) {
        auto const& c = (*s.constraints)[i];
        auto const* const domain = n.value->metadata.labels.find(c.key);
        if (domain == nullptr)
            return schedule::rule_out(
                "node(s) didn't match pod topology spread constraints (missing required label)");
        auto const own = c.selects.matches(p.labels()) ? 1 : 0;
        auto const& all = s.counts[i];
        if (!detail::allows(c, all.pods(*domain), own, all.least(), all.domains()))
            return schedule::reject("node(s) didn't match pod topology spread constraints");
    }
    return schedule::accept;
}

BERTH_DECL auto required_spread::helped_by(pod_info const& p, pod_came const& c) const -> bool {
    return helped_by(p, pod_went{c.pod}) || (c.before != nullptr && helped_by(p, pod_went{*c.before}));
}
BERTH_DECL auto required_spread::helped_by(pod_info const& p, pod_went const& c) const -> bool {
    auto const& m = c.pod.value->metadata;
    if (m.namespace_ != p.value->metadata.namespace_) return false;
    auto const all = detail::spreads_of(p, defaults, "DoNotSchedule");
    return std::any_of(all.begin(), all.end(), [&](auto const& s) { return s.selects.matches(m.labels); });
}
BERTH_DECL auto required_spread::helped_by(pod_info const& p, schedule::arrived<node_info> const& c) const
    -> bool {
    return detail::has_keys(*c.node.value, detail::spreads_of(p, defaults, "DoNotSchedule"));
}
BERTH_DECL auto required_spread::helped_by(pod_info const& p, schedule::departed<node_info> const& c) const
    -> bool {
    return helped_by(p, schedule::arrived<node_info>{c.node});
}

BERTH_DECL auto preferred_spread::prepare(pod_info const& p, schedule::candidates<node_info> found) const
    -> std::optional<state> {
    auto out = state();
    out.constraints = detail::spreads_of(p, defaults, "ScheduleAnyway");
    if (out.constraints.empty()) return {};
    out.needs_all_keys = !p.spec().topology_spread_constraints.empty() || !defaults.by_system;
    detail::find_domains(out, found);
    auto candidate = std::size_t{0};
    for (std::size_t at = 0; at < found.nodes.size(); ++at) {
        auto const& n = found.nodes[at];
        auto const is_candidate = candidate < found.size() && found.index(candidate) == at;
        if (detail::takes_part(out, *n.value)) {
            auto matches = detail::match_counter(out.constraints, p, n);
            detail::count_domains(out, p, n, matches);
            if (is_candidate) detail::count_host(out, candidate, matches);
        }
        if (is_candidate) ++candidate;
    }
    return out;
}

BERTH_DECL auto preferred_spread::operator()(pod_info const&, schedule::candidates<node_info> const& found,
                                             std::span<schedule::points> column, state const& s) const
    -> void {
    for (std::size_t k = 0; k < found.size(); ++k) {
        auto const& n = found[k];
        if (!detail::takes_part(s, *n.value)) {
            column[k] = std::numeric_limits<schedule::points>::quiet_NaN();
            continue;
        }
        auto points = 0.0;
        for (std::size_t i = 0; i < s.constraints.size(); ++i) {
            auto const& c = s.constraints[i];
            auto const* const domain = n.value->metadata.labels.find(c.key);
            if (domain == nullptr) continue;
            auto const here = detail::is_about_hosts(c) ? s.by_host[i][k] : s.counts[i].find(*domain)->second;
            points += detail::cost_of(c, here, s.weights[i]);
        }
        column[k] = detail::rounded(points);
    }
}

BERTH_DECL auto preferred_spread::normalize(std::span<schedule::points> column) -> void {
    auto const e = schedule::extremes_of(column);
    for (auto& p : column) p = normalize_at(p, e);
}

} // namespace berth::kube::plugins

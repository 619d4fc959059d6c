#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/inter_pod_affinity.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/plugins/detail/company_terms.hpp>
#include <berth/kube/schedule/plugins/inter_pod_affinity.hpp>
#include <berth/kube/schedule/plugins/normalize.hpp>

#include <algorithm>
#include <cmath>

namespace berth::kube::plugins::detail {

/// Whether any of the terms of `p` means another pod.
inline auto any_means(std::vector<affinity_term> const& terms, pod_info const& p, pod_info const& other)
    -> bool {
    auto const& labels = p.catalogue->labels_of(other.value->metadata.namespace_);
    return std::any_of(terms.begin(), terms.end(),
                       [&](auto const& t) { return t.matches(*other.value, labels); });
}

/// A state in which no pod is counted yet.
inline auto begun(pod_info const& p) -> required_company::state {
    auto out = required_company::state();
    auto named = named_requirements(p);
    out.first_of_its_kind_may_begin = matches_all(named.required, *p.value);
    out.own = std::make_shared<pod_terms const>(std::move(named));
    return out;
}

/// One pod more or less on a node.
inline auto count_pod(required_company::state& s, pod_info const& p, node const& n, pod_info const& other,
                      std::int64_t sign) -> void {
    for_each_requirement(p, *s.own, other, [&](bearing how, affinity_term const& t) {
        auto& tally = how == bearing::against ? s.against : how == bearing::wanted ? s.wanted : s.unwanted;
        tally.add(n, t.topology_key, sign);
    });
}

inline auto count_node(required_company::state& s, pod_info const& p, node_info const& n, std::int64_t sign)
    -> void {
    auto const asks = !s.own->required.empty() || !s.own->excluded.empty();
    for (auto const& other : asks ? n.pods : n.with_terms) count_pod(s, p, *n.value, *other, sign);
}

/// Nobody requires or excludes anything.
inline auto is_idle(required_company::state const& s) -> bool {
    return s.against.empty() && s.own->required.empty() && s.own->excluded.empty();
}

BERTH_DECL auto has_company(required_company::state const& s, node const& n) -> bool {
    auto complete = true;
    for (auto const& t : s.own->required) {
        auto const there = s.wanted.at(n, t.topology_key);
        if (!there) return false;
        if (*there <= 0) complete = false;
    }
    return complete || (s.wanted.empty() && s.first_of_its_kind_may_begin);
}

inline auto has_excluded(required_company::state const& s, node const& n) -> bool {
    return !s.unwanted.empty() &&
           std::any_of(s.own->excluded.begin(), s.own->excluded.end(),
                       [&](auto const& t) { return s.unwanted.at(n, t.topology_key).value_or(0) > 0; });
}

/// Adds up the weights of terms in the domains of one node.
class company_sum {
public:
    company_sum(preferred_company::state& all, node const& n) : all_(&all), labels_(&n.metadata.labels) {}

    auto add(affinity_term const& t, std::int64_t weight) -> void {
        auto const* const domain = labels_->find(t.topology_key);
        if (domain == nullptr) return;
        for (auto& [key, sums] : *all_)
            if (key == t.topology_key) {
                sums[*domain] += weight;
                return;
            }
        all_->emplace_back(t.topology_key, by_text<std::int64_t>{{*domain, weight}});
    }

private:
    preferred_company::state* all_;
    object::string_map const* labels_;
};

} // namespace berth::kube::plugins::detail

namespace berth::kube::plugins {

BERTH_DECL auto required_company::prepare(pod_info const& p, std::span<node_info const> nodes) const
    -> std::optional<state> {
    auto out = detail::begun(p);
    for (auto const& n : nodes) detail::count_node(out, p, n, 1);
    if (detail::is_idle(out)) return {};
    return out;
}

BERTH_DECL auto required_company::advance(std::optional<state> s, pod_info const& p,
                                          schedule::change<node_info> const& what) const
    -> std::optional<state> {
    if (!s && what.supposed) return s; // as the original: who takes no part is not asked again
    if (!s) s = detail::begun(p);
    if (what.before.same_node(what.after)) {
        for_each_difference(what.before, what.after, [&](pod_info const& other, int sign) {
            detail::count_pod(*s, p, *what.after.value, other, sign);
        });
    } else {
        detail::count_node(*s, p, what.before, -1);
        detail::count_node(*s, p, what.after, 1);
    }
    if (!what.supposed && detail::is_idle(*s)) s.reset();
    return s;
}

BERTH_DECL auto required_company::operator()(pod_info const&, node_info const& n, state const& s) const
    -> schedule::verdict {
    if (!detail::has_company(s, *n.value))
        return schedule::rule_out("node(s) didn't match pod affinity rules");
    if (detail::has_excluded(s, *n.value))
        return schedule::reject("node(s) didn't match pod anti-affinity rules");
    if (s.against.touches(*n.value))
        return schedule::reject("node(s) didn't satisfy existing pods anti-affinity rules");
    return schedule::accept;
}

BERTH_DECL auto required_company::helped_by(pod_info const& p, schedule::arrived<node_info> const& c) const
    -> bool {
    auto const& required = detail::own_terms(p).required;
    auto const& labels = c.node.value->metadata.labels;
    return required.empty() || std::any_of(required.begin(), required.end(),
                                           [&](auto const& t) { return labels.contains(t.topology_key); });
}
BERTH_DECL auto required_company::helped_by(pod_info const& p, pod_came const& c) const -> bool {
    if (detail::any_means(detail::own_terms(p).required, p, c.pod)) return true;
    return c.before != nullptr && helped_by(p, pod_went{*c.before});
}
BERTH_DECL auto required_company::helped_by(pod_info const& p, pod_went const& c) const -> bool {
    auto const& own = detail::own_terms(p);
    return detail::any_means(own.required, p, c.pod) || detail::any_means(own.excluded, p, c.pod) ||
           detail::any_means(detail::own_terms(c.pod).excluded, c.pod, p);
}

BERTH_DECL auto preferred_company::prepare(pod_info const& p, std::span<node_info const> nodes) const
    -> std::optional<state> {
    auto const& terms = detail::own_terms(p);
    auto const prefers = !terms.preferred.empty() || !terms.avoided.empty();
    if (ignore_preferences_of_others && !prefers) return {};
    auto own = pod_terms();
    own.preferred = detail::all_named(terms.preferred, *p.catalogue);
    own.avoided = detail::all_named(terms.avoided, *p.catalogue);
    auto out = state();
    for (auto const& n : nodes) {
        auto sum = detail::company_sum(out, *n.value);
        for (auto const& other : prefers ? n.pods : n.with_terms)
            detail::for_each_preference(p, own.preferred, own.avoided, *other, hard_weight,
                                        [&](auto const& t, std::int64_t weight) { sum.add(t, weight); });
    }
    if (out.empty()) return {};
    return out;
}

BERTH_DECL auto preferred_company::operator()(pod_info const&, node_info const& n, state const& s) const
    -> schedule::points {
    auto sum = std::int64_t{0};
    for (auto const& [key, sums] : s) {
        auto const* const domain = n.value->metadata.labels.find(key);
        if (domain == nullptr) continue;
        if (auto const at = sums.find(*domain); at != sums.end()) sum += at->second;
    }
    return static_cast<schedule::points>(sum);
}

BERTH_DECL auto preferred_company::normalize(std::span<schedule::points> column) -> void {
    auto const e = schedule::extremes_of(column);
    for (auto& p : column) p = normalize_at(p, e);
}

BERTH_DECL auto preferred_company::normalize_at(schedule::points p, schedule::extremes const& e)
    -> schedule::points {
    auto const range = e.greatest - e.least;
    return range > 0 ? std::floor(static_cast<double>(most_points) * ((p - e.least) / range)) : 0;
}

} // namespace berth::kube::plugins

#pragma once

/// \file
/// What is asked of the terms of pods about pods.

#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/pod_terms.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace berth::kube::plugins::detail {

inline auto own_terms(pod_info const& p) -> pod_terms const& { return p.terms ? *p.terms : no_terms(); }

/// The terms with the namespaces that they mean now by name.
inline auto all_named(std::vector<affinity_term> const& terms, catalogue const& c)
    -> std::vector<affinity_term> {
    auto out = std::vector<affinity_term>();
    for (auto const& t : terms) out.push_back(t.named(c));
    return out;
}

/// Whether all terms mean a pod, and there are any.
inline auto matches_all(std::vector<affinity_term> const& terms, pod const& p) -> bool {
    return !terms.empty() &&
           std::all_of(terms.begin(), terms.end(), [&](auto const& t) { return t.matches(p); });
}

/// What a pod requires of company, with namespaces by name.
inline auto named_requirements(pod_info const& p) -> pod_terms {
    auto out = pod_terms();
    out.required = all_named(own_terms(p).required, *p.catalogue);
    out.excluded = all_named(own_terms(p).excluded, *p.catalogue);
    return out;
}

/// How a pod that is there bears on one that comes.
enum class bearing : std::uint8_t {
    against,  ///< it excludes the one that comes
    wanted,   ///< it matches all that is required
    unwanted, ///< it matches what is excluded
};

/// Calls `f(bearing, term)` for each term that counts between `p`, whose own requirements are `own`, and a
/// pod that is there.
template <class F>
auto for_each_requirement(pod_info const& p, pod_terms const& own, pod_info const& there, F f) -> void {
    if (there.terms && !there.terms->excluded.empty()) {
        auto const& labels = p.catalogue->labels_of(p.value->metadata.namespace_);
        for (auto const& t : there.terms->excluded)
            if (t.matches(*p.value, labels)) f(bearing::against, t);
    }
    if (matches_all(own.required, *there.value))
        for (auto const& t : own.required) f(bearing::wanted, t);
    for (auto const& t : own.excluded)
        if (t.matches(*there.value)) f(bearing::unwanted, t);
}

/// Calls `f(term, weight)` for each preference that counts between `p` and a pod that is there: those of `p`
/// (with namespaces by name) about it, and its own about `p`; `hard_weight` is that of what it requires.
template <class F>
auto for_each_preference(pod_info const& p, std::vector<affinity_term> const& preferred,
                         std::vector<affinity_term> const& avoided, pod_info const& there,
                         std::int64_t hard_weight, F f) -> void {
    for (auto const& t : preferred)
        if (t.matches(*there.value)) f(t, t.weight);
    for (auto const& t : avoided)
        if (t.matches(*there.value)) f(t, -t.weight);
    if (!there.terms) return;
    auto const& labels = p.catalogue->labels_of(p.value->metadata.namespace_);
    auto const about_p = [&](std::vector<affinity_term> const& terms, auto weight_of) {
        for (auto const& t : terms)
            if (t.matches(*p.value, labels)) f(t, weight_of(t));
    };
    if (hard_weight > 0) about_p(there.terms->required, [&](auto const&) { return hard_weight; });
    about_p(there.terms->preferred, [](auto const& t) { return t.weight; });
    about_p(there.terms->avoided, [](auto const& t) { return -t.weight; });
}

} // namespace berth::kube::plugins::detail

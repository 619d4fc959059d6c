#pragma once

/// \file
/// What is asked of the terms of pods about pods.

#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/pod_terms.hpp>

#include <algorithm>
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

} // namespace berth::kube::plugins::detail

#pragma once

/// \file
/// The pure core of the story: a filter and a score of one's own, beside those of the vocabulary.

#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/profile.hpp>

namespace fleet {

using namespace berth;

/// A pod that is labelled with a sea goes to a node of that sea.
inline constexpr auto same_sea = schedule::filter<"SameSea", schedule::reads<kube::facets::labels>>(
    [](kube::pod_info const& p, kube::node_info const& n) -> schedule::verdict {
        auto const sea = p.value->metadata.labels.get("sea");
        if (sea.empty() || sea == n.value->metadata.labels.get("sea")) return schedule::accept;
        return schedule::rule_out("node(s) sailed another sea");
    });

/// Prefers nodes on which little happens.
inline constexpr auto quiet = schedule::score<"Quiet", schedule::reads<kube::facets::pod_count>>(
    [](kube::pod_info const&, kube::node_info const& n) -> schedule::points {
        return n.pods.empty() ? 100 : 0;
    });

inline constexpr auto policy = schedule::profile{.name = "default-scheduler",
                                                 .filter = kube::default_profile.filter and same_sea,
                                                 .score = kube::default_profile.score + 2 * quiet};

} // namespace fleet

#pragma once

/// \file
/// Questions about a cluster, and their answers.

#include "profiles.hpp"
#include "reader.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace ask {

/// What is printed, and whether it is a yes.
struct answer {
    std::string text;
    bool yes = false;
};

/// Where a pod goes or would go, and why there and not elsewhere. `output`: `text`, `json` or `svg`. Errors,
/// here and below: there is no profile for the pod.
auto explain(cluster const& c, kube::pod_info const& p, profiles const& by, std::string const& output)
    -> berth::result<answer>;
/// What would have to change for the nodes that refuse a pod; yes if one accepts as it is.
auto change(cluster const& c, kube::pod_info const& p, profiles const& by, std::string const& output)
    -> berth::result<answer>;
/// How many pods like this one fit; yes if as many as wanted do, or one if no number is.
auto fits(cluster const& c, kube::pod_info const& p, profiles const& by, std::optional<std::size_t> replicas)
    -> berth::result<answer>;
/// Where the pods of a node would go if it were drained, each by its own profile, or by the first one where
/// there is none for it; yes if all that have to go can.
auto drain(cluster const& c, std::size_t node, profiles const& by, bool force) -> answer;

} // namespace ask

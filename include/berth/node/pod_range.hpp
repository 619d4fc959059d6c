#pragma once

/// \file
/// Ranges of pod addresses for nodes that nobody gives any (no controller that allocates ranges runs).

#include <berth/core/config.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/object/any_object.hpp>

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace berth::node {

/// The range that a node takes if no other has it: the digits at the end of its name, or a hash of it, are
/// its number. `node-3`: 10.244.3.0/24; from 256 on half as large ones in 10.0.0.0/8, below 10.244.0.0. Nodes
/// whose numbers are below 124,928 and different have different ranges.
[[nodiscard]] BERTH_DECL auto preferred_pod_cidr(std::string_view name) -> std::string;

/// Ranges for the nodes that have none, by their names: each the preferred one, or the next that overlaps
/// with no other's. All who ask this of the same nodes get the same answer, and it stays the same while the
/// nodes write down what is theirs, one after the other: so each may do it for itself, and no two take one
/// range. The elder has the choice before the younger, whoever asks; it must be asked no sooner than a second
/// after the node was created. Nodes are left out when all is taken. O(n log n).
[[nodiscard]] BERTH_DECL auto own_pod_cidrs(std::span<object::stored<kube::node> const> nodes)
    -> std::map<std::string, std::string>;

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/pod_range.ipp>
#endif

#pragma once

/// \file
/// Gives each node a range of addresses for its pods (kubernetes 1.36, `pkg/controller/nodeipam`,
/// `RangeAllocator`).

#include <berth/core/config.hpp>
#include <berth/kube/core/node/controller/ranges.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <set>
#include <string>
#include <vector>

namespace berth::kube {

/// Which ranges of a cluster are given to its nodes.
struct node_ipam_options {
    std::vector<node_ranges> clusters = {}; ///< one, or one of each family; none: nodes are given nothing
    std::vector<std::string> reserved = {}; ///< ranges that no node gets a part of, such as that of services
    /// How many nodes get theirs in one plan; a quarter of all where that is more, so that all plans together
    /// cost no more than a few looks at each node.
    std::size_t batch = 100;

    /// From the texts that the controller manager is told: `10.244.0.0/16` or `10.244.0.0/16,fd00:10::/48`,
    /// and how long the prefixes of nodes' ranges are. Errors: `invalid`, for what `node_ranges::of` refuses,
    /// and for two ranges of one family.
    static auto of(std::string_view clusters, std::optional<int> v4_prefix = {},
                   std::optional<int> v6_prefix = {}) -> result<node_ipam_options>;
};

/// The reconcile function that gives ranges to nodes that have none. What nodes have stays, whoever gave it
/// to them, and is given to no other as long as they are there; a range comes round again late. Who comes
/// first when there are too few is decided by age, then by name.
///
/// All nodes are one key, the empty one: so no two plans can give away the same range. The memory holds the
/// nodes (by uid) that were told that there is none for them. A plan is linear in the nodes when some lacks a
/// range, and constant when none does; giving ranges to all nodes of a cluster is linear in them.
struct node_ipam_controller {
    static constexpr std::string_view name = "nodeipam";
    using reconciles = node;
    using memory = std::set<std::string>;

    node_ipam_options options = {};

    static auto indexes() -> std::vector<reconcile::index>;

    auto keys_for(reconcile::snapshot const&, node const&) const -> std::vector<object::key> { return {{}}; }
    auto matters(node const& before, node const& after) const -> bool {
        return before.spec.pod_cidrs != after.spec.pod_cidrs || before.metadata.uid != after.metadata.uid;
    }

    auto reconcile(reconcile::snapshot const& world, object::key const& k, memory const& told) const
        -> reconcile::decision<memory>;

private:
    /// What no node has yet, and how many nodes have something.
    struct supply {
        std::vector<node_ranges> ranges;
        std::size_t given = 0;
    };
    auto supply_of(reconcile::snapshot const& world) const -> supply;
};
static_assert(reconcile::controller<node_ipam_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/node/controller/ipam.ipp>
#endif

#pragma once

/// \file
/// When nodes were seen to live, and to be tainted, by the clock of who watches them.

#include <berth/core/config.hpp>
#include <berth/kube/coordination/lease/type.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/reconcile/cache.hpp>

#include <array>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace berth::kube {

/// The namespace of the leases by which nodes show that they live.
inline constexpr std::string_view node_lease_namespace = "kube-node-lease";

/// Whether two taints are the same to those who watch for them.
[[nodiscard]] inline auto same_taint(taint const& a, taint const& b) -> bool {
    return a.key == b.key && a.effect == b.effect;
}

/// What was seen of nodes, and when. Nodes write times by their own clocks, which may be wrong: what counts
/// is when a change of them was seen here. Safe to use from several threads. A controller that is given none
/// believes the times in the objects.
class node_observations {
public:
    auto saw(node const& n, time_point now) -> void;
    auto saw(lease const& l, time_point now) -> void;
    auto forget(std::string const& name) -> void;

    /// When the node gave its last sign of life; nothing if it never did.
    [[nodiscard]] auto last_sign(std::string const& name) const -> std::optional<time_point>;
    /// Since when the node has a taint; nothing if it does not.
    [[nodiscard]] auto tainted_since(std::string const& name, taint const& t) const
        -> std::optional<time_point>;

private:
    struct observed {
        object::timestamp heartbeat;
        object::micro_timestamp renewed;
        std::optional<time_point> sign;
        std::vector<std::pair<taint, time_point>> taints;
    };

    static auto since(observed const& o, taint const& t) -> std::optional<time_point>;

    mutable std::mutex mutex_;
    std::unordered_map<std::string, observed> nodes_;
};

/// Lets `into` see what the caches see. To be called before controllers that use it listen to the same
/// caches; it sees as long as the answer lives.
[[nodiscard]] BERTH_DECL auto observe_nodes(reconcile::caches& from, node_observations& into)
    -> std::array<reconcile::caches::listening, 2>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/node/controller/observations.ipp>
#endif

#pragma once

/// \file
/// Spreading, followed while pods come and go: matching pods are counted by domain, and no pod is looked at
/// twice.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/plugins/detail/spread_constraints.hpp>
#include <berth/kube/schedule/plugins/detail/topology_rows.hpp>
#include <berth/schedule/normalize.hpp>
#include <berth/schedule/track.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace berth::kube::plugins::detail {

/// Follows what is required of the spreading: see `required_spread`, whose answers it gives.
class required_spread_tracker {
public:
    required_spread_tracker(pod_info const& p, default_spreading const& defaults,
                            std::span<node_info const> nodes);

    [[nodiscard]] auto accepts(std::size_t node) const -> bool;
    [[nodiscard]] auto takes_part() const -> bool { return !all_.empty(); }
    auto entered(pod_info const& other, std::size_t node, std::span<node_info const> nodes, int sign,
                 schedule::stale_nodes& stale) -> void;

private:
    struct one {
        spread what;
        topology_rows rows;
        std::int64_t own = 0;              ///< 1 if the pod itself matches
        std::vector<bool> counts_in{};     ///< by node: whether its pods count
        std::vector<std::int64_t> pods{};  ///< by domain
        std::vector<std::int64_t> nodes{}; ///< by domain: those whose pods count
        std::int64_t domains = 0;          ///< with such nodes
        std::int64_t least = 0;            ///< pods in any of these
        std::int64_t domains_at_least = 0;

        auto find_least() -> void;
        auto add(std::uint32_t domain, std::int64_t sign, schedule::stale_nodes& stale) -> void;
    };

    std::string space_; ///< of the pod
    std::vector<one> all_;
};

/// Follows what is preferred of the spreading: see `preferred_spread`, whose points it gives. A node that
/// gets none is not a number.
class preferred_spread_tracker {
public:
    preferred_spread_tracker(pod_info const& p, default_spreading const& defaults,
                             std::span<node_info const> nodes);

    [[nodiscard]] auto points_of(std::size_t node) const -> schedule::points;
    /// Nodes of one domain with as many matching pods have the same points, where at most one constraint is
    /// about hosts and one about something else, all nodes take part, and there are few such groups.
    [[nodiscard]] auto colours() const -> std::size_t { return colours_; }
    [[nodiscard]] auto colour_of(std::size_t node) const -> std::size_t {
        auto colour = std::size_t{0};
        if (about_domains_ != nobody) {
            auto const& rows = all_[about_domains_].rows;
            auto const domain = rows.domain_of(node);
            colour = levels_ * (domain == topology_rows::none ? rows.domains() : domain);
        }
        if (about_hosts_ != nobody) colour += static_cast<std::size_t>(all_[about_hosts_].pods[node]);
        return colour;
    }
    [[nodiscard]] auto points_of_colour(std::size_t colour) const -> schedule::points;
    /// Those of all nodes.
    auto fill(std::span<schedule::points> all) const -> void;
    [[nodiscard]] auto takes_part() const -> bool { return !all_.empty(); }
    auto entered(pod_info const& other, std::size_t node, std::span<node_info const> nodes, int sign,
                 schedule::stale_nodes& stale) -> void;
    auto joined(std::size_t node, schedule::stale_nodes& stale) -> void { candidate(node, 1, stale); }
    auto left(std::size_t node, schedule::stale_nodes& stale) -> void { candidate(node, -1, stale); }

private:
    struct one {
        spread what;
        topology_rows rows;
        bool about_hosts = false;         ///< each node counts for itself
        std::vector<bool> counts_in{};    ///< by node: whether its pods count
        std::vector<std::int64_t> pods{}; ///< by domain, or by node; the last domain is that of no label
        std::vector<std::int64_t> candidates{}; ///< by domain
        std::int64_t domains = 0;               ///< with candidates
        double weight = 0;
        bool all_named = true; ///< every node has the label

        [[nodiscard]] auto domain_of(std::size_t node) const -> std::size_t;
        [[nodiscard]] auto cost(std::size_t at) const -> double { return cost_of(what, pods[at], weight); }
        /// Adds what it costs to the points of all nodes.
        auto add_to(std::span<schedule::points> all) const -> void;
    };

    auto candidate(std::size_t node, std::int64_t sign, schedule::stale_nodes& stale) -> void;
    auto weigh(one& c, schedule::stale_nodes& stale) const -> void;
    /// Finds out whether nodes can be painted.
    auto find_colours() -> void;
    /// Makes room for a host with so many pods.
    auto make_level(std::int64_t pods) -> void;

    static constexpr auto nobody = ~std::size_t{0};

    std::string space_;            ///< of the pod
    std::vector<bool> takes_part_; ///< by node: whether it gets points
    bool all_take_part_ = true;
    std::int64_t candidates_ = 0;
    std::size_t colours_ = 0;
    std::size_t levels_ = 1;             ///< a host has fewer matching pods
    std::size_t about_domains_ = nobody; ///< the constraint that is, where nodes are painted
    std::size_t about_hosts_ = nobody;
    std::vector<one> all_;
};

/// Whether a constraint is about hosts: each node is a domain of its own, whose pods count when it is looked
/// at.
inline auto is_about_hosts(spread const& c) -> bool { return c.key == "kubernetes.io/hostname"; }

/// Fewer pods are better: the fewest become 100 or more in proportion, as the original has it.
[[nodiscard]] BERTH_DECL auto turned_over(schedule::points p, schedule::extremes const& e)
    -> schedule::points;

} // namespace berth::kube::plugins::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/detail/spread_trackers.ipp>
#endif

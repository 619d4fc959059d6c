#pragma once

/// \file
/// Room for what a pod asks for, and how well it is used (kubernetes 1.36, `noderesources/fit.go`).

#include <berth/core/config.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/filter.hpp>
#include <berth/schedule/score.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace berth::kube::plugins {

/// A node must have what the pod asks for left, and room for one more pod. Tells all that lacks.
struct resources_fit {
    static constexpr std::string_view name = "NodeResourcesFit";
    using reads = schedule::reads<&node_info::allocatable, &node_info::requested, &node_info::pod_limit,
                                  facets::pod_count>;

    std::span<std::string_view const> ignored{};        ///< extended resources that are not looked at
    std::span<std::string_view const> ignored_groups{}; ///< the same by what stands before the `/`

    auto operator()(pod_info const& p, node_info const& n) const -> schedule::verdict;
    /// So much more of what lacks.
    [[nodiscard]] auto remedies(pod_info const& p, node_info const& n) const -> std::vector<remedy>;
};

/// How the use of a node's resources is turned into points.
enum class fit_strategy : std::uint8_t {
    least_allocated,             ///< the share that is left
    most_allocated,              ///< the share that is taken
    requested_to_capacity_ratio, ///< what `shape` says of the share that is taken
};

/// A resource and how much it counts.
struct weighed_resource {
    std::string_view name;
    std::int64_t weight = 1;
};

/// What a use is worth.
struct use_and_worth {
    std::int64_t percent = 0; ///< of the resource that is taken, 0 to 100
    std::int64_t worth = 0;   ///< 0 to 10
};

inline constexpr auto cpu_and_memory = std::array<weighed_resource, 2>{{{"cpu", 1}, {"memory", 1}}};

/// Prefers nodes by the use of their resources with the pod in place: the mean over the resources, each
/// rounded down. Pods count with what is assumed where they ask for no processors or memory.
struct fit_points {
    static constexpr std::string_view name = "NodeResourcesFit";
    using reads = schedule::reads<&node_info::allocatable, &node_info::requested, &node_info::load>;

    fit_strategy strategy = fit_strategy::least_allocated;
    std::span<weighed_resource const> resources = cpu_and_memory; ///< must outlive this
    std::span<use_and_worth const> shape{}; ///< in the order of `percent`; must outlive this

    auto operator()(pod_info const& p, node_info const& n) const -> schedule::points;
};

inline constexpr auto node_resources_fit = schedule::filter<resources_fit>({});
inline constexpr auto node_resources_fit_score = schedule::score<fit_points>({});

namespace detail {

/// Whether a resource does not matter to a fit, by its name or its group.
[[nodiscard]] BERTH_DECL auto is_ignored(resources_fit const& fit, std::string_view name) -> bool;

} // namespace detail
} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/node_resources_fit.ipp>
#endif

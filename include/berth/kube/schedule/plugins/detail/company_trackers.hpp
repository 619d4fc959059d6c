#pragma once

/// \file
/// Affinity to pods, followed while pods come and go: matches are counted by topology key and domain, and no
/// pod is looked at twice.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/plugins/detail/company_terms.hpp>
#include <berth/kube/schedule/plugins/detail/topology_rows.hpp>
#include <berth/kube/schedule/pod_terms.hpp>
#include <berth/schedule/track.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace berth::kube::plugins::detail {

/// One number, or several, for each domain of any number of topology keys.
template <std::size_t Numbers> class domain_numbers {
public:
    struct row {
        topology_rows nodes;
        std::vector<std::array<std::int64_t, Numbers>> of; ///< by domain
    };

    /// The row of a key, made if it is new.
    auto row_of(std::string_view key, std::span<node_info const> nodes) -> row& {
        for (auto& r : rows_)
            if (r.nodes.key() == key) return r;
        auto made = topology_rows(key, nodes);
        auto const domains = made.domains();
        return rows_.emplace_back(row{std::move(made), decltype(row::of)(domains)});
    }
    [[nodiscard]] auto find(std::string_view key) const -> row const* {
        for (auto const& r : rows_)
            if (r.nodes.key() == key) return &r;
        return nullptr;
    }
    [[nodiscard]] auto rows() const -> std::vector<row> const& { return rows_; }

private:
    std::vector<row> rows_;
};

/// Follows what is required of company: see `required_company`, whose answers it gives.
class required_company_tracker {
public:
    required_company_tracker(pod_info const& p, std::span<node_info const> nodes);

    [[nodiscard]] auto accepts(std::size_t node) const -> bool;
    [[nodiscard]] auto takes_part() const -> bool {
        return !own_->required.empty() || !own_->excluded.empty() || domains_[against] > 0;
    }
    auto entered(pod_info const& other, std::size_t node, std::span<node_info const> nodes, int sign,
                 schedule::stale_nodes& stale) -> void;

private:
    // The places of the numbers of a domain.
    static constexpr auto against = static_cast<std::size_t>(bearing::against);
    static constexpr auto wanted = static_cast<std::size_t>(bearing::wanted);
    static constexpr auto unwanted = static_cast<std::size_t>(bearing::unwanted);
    using numbers = domain_numbers<3>;

    auto add(bearing how, affinity_term const& t, std::size_t node, std::span<node_info const> nodes,
             int sign, schedule::stale_nodes& stale) -> void;
    [[nodiscard]] auto has_company(std::size_t node) const -> bool;

    pod_info pod_;
    std::shared_ptr<pod_terms const> own_; ///< with namespaces by name
    bool first_of_its_kind_may_begin_ = false;
    numbers counts_;
    std::array<std::int64_t, 3> domains_{}; ///< that have any
};

/// Follows what is preferred of company: see `preferred_company`, whose points it gives.
class preferred_company_tracker {
public:
    preferred_company_tracker(pod_info const& p, std::span<node_info const> nodes, std::int64_t hard_weight,
                              bool ignores_others);

    [[nodiscard]] auto points_of(std::size_t node) const -> schedule::points;
    /// Nodes of one domain have the same points, where only one key matters and has few domains.
    [[nodiscard]] auto colours() const -> std::size_t;
    [[nodiscard]] auto colour_of(std::size_t node) const -> std::size_t {
        if (sums_.rows().empty()) return 0;
        auto const& row = sums_.rows().front();
        auto const domain = row.nodes.domain_of(node);
        return domain == topology_rows::none ? row.of.size() : domain;
    }
    [[nodiscard]] auto points_of_colour(std::size_t colour) const -> schedule::points;
    /// Those of all nodes.
    auto fill(std::span<schedule::points> all) const -> void;
    [[nodiscard]] auto takes_part() const -> bool { return !ignores_others_; }
    auto entered(pod_info const& other, std::size_t node, std::span<node_info const> nodes, int sign,
                 schedule::stale_nodes& stale) -> void;

private:
    auto add(affinity_term const& t, std::int64_t weight, std::size_t node, std::span<node_info const> nodes,
             schedule::stale_nodes& stale) -> void;

    pod_info pod_;
    std::vector<affinity_term> preferred_;
    std::vector<affinity_term> avoided_;
    std::int64_t hard_weight_;
    bool ignores_others_; ///< and has no preferences
    domain_numbers<1> sums_;
};

} // namespace berth::kube::plugins::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/detail/company_trackers.ipp>
#endif

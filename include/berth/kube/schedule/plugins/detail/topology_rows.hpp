#pragma once

/// \file
/// The nodes of a row by their domains of one topology key, each domain with a number.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube::plugins::detail {

/// Up to so many domains, points are worked out by domain.
inline constexpr std::size_t most_colours = 256;

/// Made once for a row of nodes; a node that gets another label asks for another one. Linear in the nodes.
class topology_rows {
public:
    /// The domain of nodes without the label.
    static constexpr auto none = ~std::uint32_t{0};

    topology_rows(std::string_view key, std::span<node_info const> nodes);

    [[nodiscard]] auto key() const -> std::string const& { return key_; }
    [[nodiscard]] auto domain_of(std::size_t node) const -> std::uint32_t { return domain_[node]; }
    /// How many there are.
    [[nodiscard]] auto domains() const -> std::size_t { return first_.size() - 1; }
    /// The nodes of a domain, ascending.
    [[nodiscard]] auto members(std::uint32_t domain) const -> std::span<std::uint32_t const> {
        return std::span(members_).subspan(first_[domain], first_[domain + 1] - first_[domain]);
    }
    /// The domain whose value is the empty text, or `none`.
    [[nodiscard]] auto unnamed() const -> std::uint32_t { return unnamed_; }

private:
    std::string key_;
    std::vector<std::uint32_t> domain_;  ///< by node
    std::vector<std::uint32_t> first_;   ///< by domain: its first place in `members_`
    std::vector<std::uint32_t> members_; ///< by domain
    std::uint32_t unnamed_ = none;
};

} // namespace berth::kube::plugins::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/detail/topology_rows.ipp>
#endif

#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/detail/topology_rows.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/detail/topology_rows.hpp>

#include <unordered_map>

namespace berth::kube::plugins::detail {

BERTH_DECL topology_rows::topology_rows(std::string_view key, std::span<node_info const> nodes)
    : key_(key), domain_(nodes.size(), none) {
    auto known = std::unordered_map<std::string_view, std::uint32_t>();
    auto sizes = std::vector<std::uint32_t>();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        auto const* const value = nodes[i].value->metadata.labels.find(key);
        if (value == nullptr) continue;
        auto const [at, is_new] = known.try_emplace(*value, static_cast<std::uint32_t>(sizes.size()));
        if (is_new) {
            sizes.push_back(0);
            if (value->empty()) unnamed_ = at->second;
        }
        domain_[i] = at->second;
        ++sizes[at->second];
    }
    first_.resize(sizes.size() + 1);
    for (std::size_t d = 0; d < sizes.size(); ++d) first_[d + 1] = first_[d] + sizes[d];
    members_.resize(first_.back());
    auto next = first_;
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (domain_[i] != none) members_[next[domain_[i]]++] = static_cast<std::uint32_t>(i);
}

} // namespace berth::kube::plugins::detail

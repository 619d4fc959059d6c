#pragma once

/// \file
/// A tie rule that knows nodes by their names.

#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/tie.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace berth::kube {

/// Of equally good nodes the one whose name is first: the same whatever the order in which nodes came
/// (`schedule::lowest_index` goes by that order, `schedule::seeded_tie` draws).
struct first_name {
    using node = node_info;

    auto operator()(std::span<std::size_t const> equals, std::uint64_t,
                    std::span<node_info const> nodes) const -> std::size_t {
        auto best = equals.front();
        for (auto const i : equals)
            if (nodes[i].name() < nodes[best].name()) best = i;
        return best;
    }
};
static_assert(schedule::tie_policy<first_name>);

} // namespace berth::kube

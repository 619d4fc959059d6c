#pragma once

/// \file
/// The bodies of `berth/node/laws.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/laws.hpp>

namespace berth::node::laws::detail {

BERTH_DECL auto count_of(std::string_view what, std::size_t n) -> std::string {
    return std::to_string(n) + " " + std::string(what);
}

} // namespace berth::node::laws::detail

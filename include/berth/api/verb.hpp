#pragma once

/// \file
/// What can be asked of a kind or of one of its subresources.

#include <berth/core/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace berth::api {

/// A verb of the API.
enum class verb : std::uint8_t { get, list, watch, create, update, patch, remove, remove_collection };

namespace detail {

inline constexpr std::array<std::string_view, 8> verb_names{"get",    "list",  "watch",  "create",
                                                            "update", "patch", "delete", "deletecollection"};

} // namespace detail

/// The name of a verb in discovery documents.
[[nodiscard]] constexpr auto to_string(verb v) -> std::string_view {
    return detail::verb_names[static_cast<std::size_t>(v)];
}

/// Verbs, in the order in which they were given.
using verb_list = std::vector<verb>;

/// Everything that can be asked of a kind that is stored.
[[nodiscard]] BERTH_DECL auto all_verbs() -> verb_list;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/verb.ipp>
#endif

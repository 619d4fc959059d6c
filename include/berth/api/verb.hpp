#pragma once

/// \file
/// What can be asked of a kind or of one of its subresources.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
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

/// The verb of that name, if there is one.
[[nodiscard]] constexpr auto parse_verb(std::string_view name) -> std::optional<verb> {
    for (std::size_t i = 0; i < detail::verb_names.size(); ++i)
        if (detail::verb_names[i] == name) return static_cast<verb>(i);
    return std::nullopt;
}

/// Verbs, in the order in which they were given.
using verb_list = std::vector<verb>;

/// Everything that can be asked of a kind that is stored.
[[nodiscard]] inline auto all_verbs() -> verb_list {
    using enum verb;
    return {create, remove, remove_collection, get, list, patch, update, watch};
}

} // namespace berth::api

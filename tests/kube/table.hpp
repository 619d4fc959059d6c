#pragma once

/// \file
/// The rows of tables, as texts.

#include "vocabulary.hpp"

#include <berth/api/kind.hpp>

#include <string>
#include <variant>
#include <vector>

namespace test {

inline auto shown(api::cell const& c) -> std::string {
    if (auto const* const text = std::get_if<std::string>(&c)) return *text;
    if (auto const* const n = std::get_if<std::int64_t>(&c)) return std::to_string(*n);
    return std::get<bool>(c) ? "true" : "false";
}

/// The cells of an object's row, 100 seconds after the new year.
template <object::kind_type T> auto cells_of(api::kind_of<T> const& k, T const& o)
    -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& c : k.columns) out.push_back(shown(c.value(o, new_year + seconds(100))));
    return out;
}

/// The headers of a table.
template <object::kind_type T> auto headers_of(api::kind_of<T> const& k) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& c : k.columns) out.emplace_back(c.name);
    return out;
}

} // namespace test

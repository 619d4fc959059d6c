#pragma once

/// \file
/// Between the text views of Boost.JSON and those of the standard library.

#include <boost/json/string_view.hpp>

#include <string_view>

namespace berth::object::detail {

namespace json = boost::json;

[[nodiscard]] inline auto text_view(json::string_view text) -> std::string_view {
    return {text.data(), text.size()};
}
[[nodiscard]] inline auto boost_view(std::string_view text) -> json::string_view {
    return {text.data(), text.size()};
}

} // namespace berth::object::detail

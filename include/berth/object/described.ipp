#pragma once

/// \file
/// The bodies of `berth/object/described.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/described.hpp>

namespace berth::object {

BERTH_DECL auto camel_case(std::string_view snake) -> std::string {
    auto out = std::string(snake.size(), '\0');
    out.resize(camel_case(snake, out.data()));
    return out;
}

} // namespace berth::object

#pragma once

/// \file
/// What is inside optionals.

#include <berth/object/schema.hpp>

namespace berth::object::detail {

/// The type itself, or of an optional what is in it.
[[nodiscard]] constexpr auto without_optional(type_info const& type) -> type_info const& {
    auto const* inner = &type;
    while (inner->form == shape::optional) inner = &inner->element();
    return *inner;
}

} // namespace berth::object::detail

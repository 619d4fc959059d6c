#pragma once

/// \file
/// The bodies of `berth/object/field_of.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/field_of.hpp>

namespace berth::object::detail {

BERTH_DECL auto member_at(type_info const& type, std::ptrdiff_t offset) -> field_info const& {
    for (auto const& f : type.members)
        if (static_cast<std::ptrdiff_t>(f.offset) == offset) return f;
    throw std::logic_error("field_of wants a member that BERTH_DESCRIBE names");
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto is_allowed(field_info const& f, std::string_view text) -> bool {
    auto const& values = f.details->values;
    for (auto const value : values)
        if (value == text) return true;
    return values.empty();
}

} // namespace berth::object

#pragma once

/// \file
/// The bodies of `berth/object/any_object.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/any_object.hpp>

namespace berth::object {

BERTH_DECL auto any_object::adopt(type_info const& type, void const* object) -> any_object {
    auto out = any_object();
    out.box_ = std::make_shared<detail::object_box const>(type, object);
    return out;
}

BERTH_DECL auto draft::operator=(draft&& other) noexcept -> draft& {
    std::swap(type_, other.type_);
    std::swap(object_, other.object_);
    return *this;
}

} // namespace berth::object

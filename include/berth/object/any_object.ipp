#pragma once

/// \file
/// The bodies of `berth/object/any_object.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/any_object.hpp>

namespace berth::object {

BERTH_DECL auto any_object::adopt(type_info const& type, void* object) -> any_object {
    detail::share_lists(type, object);
    auto out = any_object();
    if (type.owner == nullptr) {
        out.box_ = std::make_shared<detail::object_box const>(type, object);
    } else {
        auto owned = std::make_shared<detail::owned_object_box const>(type, object);
        auto const* const box = &owned->box;
        out.box_ = std::shared_ptr<detail::object_box const>(std::move(owned), box);
    }
    return out;
}

BERTH_DECL auto any_object::difference_to(any_object const& newer) const -> difference {
    if (!box_ || !newer || &newer.type() != &type()) return {};
    return detail::difference::between(type(), data(), newer.data(), type().bytes / 2);
}

BERTH_DECL auto any_object::restored(any_object const& newest, std::span<difference const* const> older)
    -> any_object {
    auto object = draft(newest);
    for (auto const* const d : older) d->put_into(object.data());
    return std::move(object).finish();
}

BERTH_DECL auto draft::operator=(draft&& other) noexcept -> draft& {
    std::swap(type_, other.type_);
    std::swap(object_, other.object_);
    return *this;
}

} // namespace berth::object

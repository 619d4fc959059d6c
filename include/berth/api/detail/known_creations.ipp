#pragma once

/// \file
/// The bodies of `berth/api/detail/known_creations.hpp`.

#include <berth/api/detail/known_creations.hpp>
#include <berth/core/config.hpp>
#include <berth/object/detail/same_fields.hpp>

#include <algorithm>
#include <utility>

namespace berth::api::detail {

/// Whether what is known of a type can be remembered: it stays what it is, and objects of it are no
/// documents.
inline auto is_fixed(object::type_info const& type) -> bool {
    return type.owner == nullptr && type.documented == nullptr;
}

BERTH_DECL auto same_maker(object::managed_fields_entry const& a, object::managed_fields_entry const& b)
    -> bool {
    return a.manager == b.manager && a.operation == b.operation && a.api_version == b.api_version &&
           a.subresource == b.subresource;
}

BERTH_DECL auto known_creations::find(object::draft const& made, object::managed_fields_entry const& by,
                                      object::field_set const* ignored)
    -> std::optional<object::managed_fields_entry> {
    if (!is_fixed(made.type())) return std::nullopt;
    auto const lock = std::scoped_lock(mutex_);
    auto walk = object::detail::same_fields_walk();
    for (auto& c : known_) {
        if (&c.like.type() != &made.type() || c.ignored != ignored || !same_maker(c.entry, by)) continue;
        if (!walk.same(made.type(), c.like.data(), made.data())) continue;
        c.used = ++now_;
        return c.entry;
    }
    return std::nullopt;
}

BERTH_DECL auto known_creations::keep(object::draft const& made, object::managed_fields_entry const& entry,
                                      object::field_set const* ignored) -> void {
    auto const& type = made.type();
    if (!is_fixed(type)) return;
    auto one = creation{object::any_object::adopt(type, type.clone(made.data())), entry, ignored, 0};
    auto const lock = std::scoped_lock(mutex_);
    one.used = ++now_;
    if (known_.size() < most) return known_.push_back(std::move(one));
    auto const oldest = std::min_element(known_.begin(), known_.end(),
                                         [](auto const& a, auto const& b) { return a.used < b.used; });
    *oldest = std::move(one);
}

BERTH_DECL auto known_creations::size() const -> std::size_t {
    auto const lock = std::scoped_lock(mutex_);
    return known_.size();
}

} // namespace berth::api::detail

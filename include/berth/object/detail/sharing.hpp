#pragma once

/// \file
/// Lists, dictionaries, boxes and what is in them, once for all objects that have the same.

#include <berth/core/config.hpp>
#include <berth/object/schema.hpp>

namespace berth::object::detail {

/// From now on copies of the value have its lists and boxes and not equal ones, down to the last, and the
/// lists have no more room than they need: nobody may hold a place in one of them. Linear in the members and
/// in what is not shared yet.
BERTH_DECL auto share_lists(type_info const& t, void* value) noexcept -> void;

/// Whether two values are equal and are written alike: `1Ki` and `1024` are equal and yet two texts.
[[nodiscard]] BERTH_DECL auto is_same(type_info const& t, void const* a, void const* b) -> bool;

/// Gives a value the shared lists and boxes of another one wherever they are the same as its own.
BERTH_DECL auto share_same(type_info const& t, void* value, void const* other) -> void;

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/sharing.ipp>
#endif

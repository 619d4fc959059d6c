#pragma once

/// \file
/// Values of which a store keeps less once they are superseded.

#include <concepts>
#include <span>
#include <type_traits>

namespace berth::store {

/// A value that can be put aside as what it has otherwise than a newer one. Stores in this process do so with
/// superseded versions that watchers have had the time to read, and read them as they were written all the
/// same.
///
/// * `V::difference` is what is kept in place of a value; it is false if it is nothing.
/// * `old.difference_to(newer)` makes one, or nothing where the value had better be kept whole. It may throw:
///   then the value is kept whole.
/// * `V::restored(newest, differences)` makes the value again of which the last difference is: the first is
///   that to `newest`, each other that to the value of the one before it.
///
/// Law: a restored value cannot be told from the one that was put aside.
///
/// Model: `object::any_object`.
template <class V>
concept differing = requires(V const& v, std::span<typename V::difference const* const> kept) {
    requires std::is_nothrow_move_constructible_v<typename V::difference>;
    requires std::constructible_from<bool, typename V::difference const&>;
    { v.difference_to(v) } -> std::same_as<typename V::difference>;
    { V::restored(v, kept) } -> std::same_as<V>;
};

} // namespace berth::store

#pragma once

/// \file
/// The bodies of `berth/object/detail/sharing.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/sharing.hpp>
#include <berth/object/detail/values.hpp>

#include <algorithm>

namespace berth::object::detail {

/// Calls `f(type, offset)` for the members of a record that lists and boxes may be in, the unknown ones too.
template <class F> auto each_with_lists(type_info const& t, F f) -> void {
    for (auto const& m : t.members) {
        auto const layout = m.of->layout;
        if (layout != storage::plain && layout != storage::text && layout != storage::native)
            f(*m.of, m.offset);
    }
    if (t.unknown_at != type_info::no_unknown) f(type_of_unknown(), t.unknown_at);
}

BERTH_DECL auto share_lists(type_info const& t, void* value) noexcept -> void {
    switch (t.layout) {
    case storage::list:
    case storage::map: {
        auto& all = as<erased_list>(value);
        if (all.elements == nullptr || all.is_shared()) return;
        auto const& of = elements_of(t);
        all.fit(of);
        if (!of.trivial)
            for (std::size_t n = 0; n < all.size; ++n) share_lists(of, all.at(of, n));
        return all.share();
    }
    case storage::boxed:
        if (auto* const inner = as<box_pointer>(value); inner != nullptr && !is_boxed_shared(inner)) {
            if (!t.contained->trivial) share_lists(*t.contained, inner);
            share_boxed(inner);
        }
        return;
    case storage::record:
        return each_with_lists(
            t, [&](type_info const& of, std::size_t at) { share_lists(of, step(value, at)); });
    case storage::plain:
    case storage::text:
    case storage::native: return;
    }
}

inline auto are_same_lists(type_info const& of, erased_list const& a, erased_list const& b) -> bool {
    if (a.elements == b.elements) return a.size == b.size;
    if (a.size != b.size) return false;
    for (std::size_t n = 0; n < a.size; ++n)
        if (!is_same(of, a.at(of, n), b.at(of, n))) return false;
    return true;
}

inline auto are_same_natives(type_info const& t, void const* a, void const* b) -> bool {
    // The same bytes are the same value, of types that are not trivial too: two handles of one text.
    if (auto const same = equal_bytes(a, b, t.bytes); same || t.trivial) return same;
    if (t.ranges != nullptr) {
        auto const size = t.size(a);
        if (size != t.size(b)) return false;
        for (std::size_t n = 0; n < size; ++n)
            if (!is_same(*t.contained, t.at(a, n), t.at(b, n))) return false;
        return true;
    }
    if (!t.values->equal(a, b)) return false;
    if (t.scalars == nullptr) return true;
    auto one = std::string();
    auto other = std::string();
    t.write(a, one);
    t.write(b, other);
    return one == other;
}

BERTH_DECL auto is_same(type_info const& t, void const* a, void const* b) -> bool {
    switch (t.layout) {
    case storage::plain: return equal_bytes(a, b, t.bytes);
    case storage::text: return as<std::string>(a) == as<std::string>(b);
    case storage::list:
    case storage::map: return are_same_lists(elements_of(t), as<erased_list>(a), as<erased_list>(b));
    case storage::boxed: {
        auto const* const one = as<box_pointer>(a);
        auto const* const other = as<box_pointer>(b);
        if (one == other) return true;
        return one != nullptr && other != nullptr && is_same(*t.contained, one, other);
    }
    case storage::record:
        for (auto const& m : t.members)
            if (!is_same(*m.of, m.in(a), m.in(b))) return false;
        return t.unknown_at == type_info::no_unknown ||
               is_same(type_of_unknown(), unknown_in(t, a), unknown_in(t, b));
    case storage::native: return are_same_natives(t, a, b);
    }
    return false;
}

/// The same for a list: as a whole, or element by element.
inline auto share_same_list(type_info const& of, erased_list& mine, erased_list const& other) -> void {
    if (mine.size == 0 || mine.elements == other.elements || !other.is_shared()) return;
    if (are_same_lists(of, mine, other)) {
        mine.free(of);
        mine = erased_list(of, other);
    } else if (!of.trivial && !mine.is_shared()) {
        for (std::size_t n = 0; n < std::min(mine.size, other.size); ++n)
            share_same(of, mine.at(of, n), other.at(of, n));
    }
}

/// The same for a box.
inline auto share_same_box(type_info const& of, box_pointer& mine, void const* other) -> void {
    if (mine == nullptr || mine == other || !is_boxed_shared(other)) return;
    if (is_same(of, mine, other)) free_boxed(of, std::exchange(mine, copy_boxed(of, other)));
    else if (!is_boxed_shared(mine)) share_same(of, mine, other);
}

BERTH_DECL auto share_same(type_info const& t, void* value, void const* other) -> void {
    switch (t.layout) {
    case storage::list:
    case storage::map: return share_same_list(elements_of(t), as<erased_list>(value), as<erased_list>(other));
    case storage::boxed: return share_same_box(*t.contained, as<box_pointer>(value), as<box_pointer>(other));
    case storage::record:
        return each_with_lists(t, [&](type_info const& of, std::size_t at) {
            share_same(of, step(value, at), step(other, at));
        });
    case storage::plain:
    case storage::text:
    case storage::native: return;
    }
}

} // namespace berth::object::detail

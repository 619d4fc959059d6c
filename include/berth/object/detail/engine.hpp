#pragma once

/// \file
/// The one engine that walks descriptions: how values of any described type are made, copied, moved, compared
/// and destroyed. `values.hpp` has the lists, dictionaries and boxes in them.

#include <berth/object/schema.hpp>

#include <cstring>
#include <new>
#include <utility>

namespace berth::object::detail {

/// What a `boxed` is in memory.
using box_pointer = void*;

template <class T> auto as(void const* p) -> T const& { return *static_cast<T const*>(p); }
template <class T> auto as(void* p) -> T& { return *static_cast<T*>(p); }

inline auto step(void* p, std::size_t n) -> void* { return static_cast<char*>(p) + n; }
inline auto step(void const* p, std::size_t n) -> void const* { return static_cast<char const*>(p) + n; }

/// The description of `unknown_fields`; `reflect.hpp` has it.
auto type_of_unknown() -> type_info const&;

/// Makes the zero of a type, or what a struct's initialisers say, in raw memory.
auto construct(type_info const& t, void* raw) -> void;
/// Makes a copy in raw memory. If that fails, nothing is left there.
auto copy(type_info const& t, void* raw, void const* from) -> void;
/// Makes a value from another one, which becomes zero or unspecified but valid.
auto move(type_info const& t, void* raw, void* from) noexcept -> void;
auto destroy(type_info const& t, void* value) noexcept -> void;
auto equal(type_info const& t, void const* a, void const* b) -> bool;
auto is_zero(type_info const& t, void const* value) -> bool;

inline auto relocate(type_info const& t, void* raw, void* from) noexcept -> void {
    move(t, raw, from);
    destroy(t, from);
}

inline auto unknown_in(type_info const& t, void* record) -> void* { return step(record, t.unknown_at); }
inline auto unknown_in(type_info const& t, void const* record) -> void const* {
    return step(record, t.unknown_at);
}

// --- any value ---------------------------------------------------------------------------------------------

auto construct_record(type_info const& t, void* raw) -> void;
auto copy_record(type_info const& t, void* raw, void const* from) -> void;
auto move_record(type_info const& t, void* raw, void* from) noexcept -> void;
auto destroy_record(type_info const& t, void* record) noexcept -> void;
auto equal_records(type_info const& t, void const* a, void const* b) -> bool;
auto is_zero_record(type_info const& t, void const* record) -> bool;

/// Copies bytes. Most such values are of few sizes, for which no call is needed.
[[gnu::always_inline]] inline auto copy_bytes(void* to, void const* from, std::uint32_t n) -> void {
    switch (n) {
    case 1: std::memcpy(to, from, 1); return;
    case 4: std::memcpy(to, from, 4); return;
    case 8: std::memcpy(to, from, 8); return;
    case 16: std::memcpy(to, from, 16); return;
    default: std::memcpy(to, from, n); return;
    }
}

[[gnu::always_inline]] inline auto equal_bytes(void const* a, void const* b, std::uint32_t n) -> bool {
    switch (n) {
    case 1: return std::memcmp(a, b, 1) == 0;
    case 4: return std::memcmp(a, b, 4) == 0;
    case 8: return std::memcmp(a, b, 8) == 0;
    default: return std::memcmp(a, b, n) == 0;
    }
}

/// What the elements of a list or map are: of a map, records of a key and a value.
[[gnu::always_inline]] inline auto elements_of(type_info const& t) -> type_info const& {
    return t.layout == storage::map ? *t.entry : *t.contained;
}

// Each of these is inlined where a record does it for its members, most of which are absent or short texts: a
// call would cost more than the work.

[[gnu::always_inline]] inline auto construct_here(type_info const& t, void* raw) -> void {
    switch (t.layout) {
    case storage::plain: std::memset(raw, 0, t.bytes); return;
    case storage::text: new (raw) std::string(); return;
    case storage::list:
    case storage::map: new (raw) erased_list(); return;
    case storage::boxed: new (raw) box_pointer(nullptr); return;
    case storage::record: return construct_record(t, raw);
    case storage::native: return t.values->construct(raw);
    }
}

[[gnu::always_inline]] inline auto copy_here(type_info const& t, void* raw, void const* from) -> void {
    switch (t.layout) {
    case storage::plain: return copy_bytes(raw, from, t.bytes);
    case storage::text: new (raw) std::string(as<std::string>(from)); return;
    case storage::list:
    case storage::map:
        if (as<erased_list>(from).size == 0) new (raw) erased_list();
        else new (raw) erased_list(elements_of(t), as<erased_list>(from));
        return;
    case storage::boxed:
        if (as<box_pointer>(from) == nullptr) new (raw) box_pointer(nullptr);
        else new (raw) box_pointer(copy_boxed(*t.contained, as<box_pointer>(from)));
        return;
    case storage::record: return copy_record(t, raw, from);
    case storage::native:
        if (t.trivial) copy_bytes(raw, from, t.bytes);
        else t.values->copy(raw, from);
        return;
    }
}

[[gnu::always_inline]] inline auto move_here(type_info const& t, void* raw, void* from) noexcept -> void {
    switch (t.layout) {
    case storage::plain: return copy_bytes(raw, from, t.bytes);
    case storage::text: new (raw) std::string(std::move(as<std::string>(from))); return;
    case storage::list:
    case storage::map: new (raw) erased_list(std::exchange(as<erased_list>(from), {})); return;
    case storage::boxed: new (raw) box_pointer(std::exchange(as<box_pointer>(from), nullptr)); return;
    case storage::record: return move_record(t, raw, from);
    case storage::native:
        if (t.trivial) copy_bytes(raw, from, t.bytes);
        else t.values->move(raw, from);
        return;
    }
}

[[gnu::always_inline]] inline auto destroy_here(type_info const& t, void* value) noexcept -> void {
    if (t.trivial) return;
    switch (t.layout) {
    case storage::plain: return;
    case storage::text: static_cast<std::string*>(value)->~basic_string(); return;
    case storage::list:
    case storage::map:
        if (as<erased_list>(value).elements != nullptr) as<erased_list>(value).free(elements_of(t));
        return;
    case storage::boxed:
        if (as<box_pointer>(value) != nullptr) free_boxed(*t.contained, as<box_pointer>(value));
        return;
    case storage::record: return destroy_record(t, value);
    case storage::native: return t.values->destroy(value);
    }
}

[[gnu::always_inline]] inline auto equal_here(type_info const& t, void const* a, void const* b) -> bool {
    switch (t.layout) {
    case storage::plain: return equal_bytes(a, b, t.bytes);
    case storage::text: return as<std::string>(a) == as<std::string>(b);
    case storage::list:
    case storage::map: {
        auto const& one = as<erased_list>(a);
        auto const& other = as<erased_list>(b);
        return one.size == other.size && (one.size == 0 || equal_lists(elements_of(t), one, other));
    }
    case storage::boxed: {
        auto const* const one = as<box_pointer>(a);
        auto const* const other = as<box_pointer>(b);
        if (one == other) return true;
        return one != nullptr && other != nullptr && equal(*t.contained, one, other);
    }
    case storage::record: return equal_records(t, a, b);
    case storage::native: return t.values->equal(a, b);
    }
    return false;
}

[[gnu::always_inline]] inline auto is_zero_here(type_info const& t, void const* value) -> bool {
    switch (t.layout) {
    case storage::plain: {
        auto const* const bytes = static_cast<unsigned char const*>(value);
        for (std::uint32_t i = 0; i < t.bytes; ++i)
            if (bytes[i] != 0) return false;
        return true;
    }
    case storage::text: return as<std::string>(value).empty();
    case storage::list:
    case storage::map: return as<erased_list>(value).size == 0;
    case storage::boxed: return as<box_pointer>(value) == nullptr;
    case storage::record: return is_zero_record(t, value);
    case storage::native: return t.values->is_zero(value);
    }
    return false;
}

inline auto construct(type_info const& t, void* raw) -> void { construct_here(t, raw); }
inline auto copy(type_info const& t, void* raw, void const* from) -> void { copy_here(t, raw, from); }
inline auto move(type_info const& t, void* raw, void* from) noexcept -> void { move_here(t, raw, from); }
inline auto destroy(type_info const& t, void* value) noexcept -> void { destroy_here(t, value); }
inline auto equal(type_info const& t, void const* a, void const* b) -> bool { return equal_here(t, a, b); }
inline auto is_zero(type_info const& t, void const* value) -> bool { return is_zero_here(t, value); }

// --- records -----------------------------------------------------------------------------------------------

/// Destroys the first `n` members, the last one first.
inline auto destroy_members(type_info const& t, void* record, std::size_t n) noexcept -> void {
    while (n > 0) {
        auto const& f = t.members[--n];
        destroy_here(*f.of, f.in(record));
    }
}

/// Makes each member, then the unknown ones; takes all back if one cannot be made.
template <class Make> auto build_record(type_info const& t, void* raw, Make make) -> void {
    auto done = std::size_t{0};
    try {
        for (; done < t.members.size(); ++done) make(*t.members[done].of, t.members[done].offset);
        if (t.unknown_at != type_info::no_unknown) make(type_of_unknown(), t.unknown_at);
    } catch (...) {
        destroy_members(t, raw, done);
        throw;
    }
}

inline auto construct_record(type_info const& t, void* raw) -> void {
    if (t.initial != nullptr) return t.initial(raw);
    build_record(t, raw, [&](type_info const& m, std::size_t at) { construct_here(m, step(raw, at)); });
}

inline auto copy_record(type_info const& t, void* raw, void const* from) -> void {
    build_record(t, raw,
                 [&](type_info const& m, std::size_t at) { copy_here(m, step(raw, at), step(from, at)); });
}

inline auto move_record(type_info const& t, void* raw, void* from) noexcept -> void {
    for (auto const& f : t.members) move_here(*f.of, f.in(raw), f.in(from));
    if (t.unknown_at == type_info::no_unknown) return;
    auto& unknown = as<box_pointer>(unknown_in(t, from));
    new (unknown_in(t, raw)) box_pointer(std::exchange(unknown, nullptr));
}

inline auto destroy_record(type_info const& t, void* record) noexcept -> void {
    if (t.unknown_at != type_info::no_unknown) destroy(type_of_unknown(), unknown_in(t, record));
    destroy_members(t, record, t.members.size());
}

inline auto equal_records(type_info const& t, void const* a, void const* b) -> bool {
    for (auto const& f : t.members)
        if (!equal_here(*f.of, f.in(a), f.in(b))) return false;
    return t.unknown_at == type_info::no_unknown ||
           equal(type_of_unknown(), unknown_in(t, a), unknown_in(t, b));
}

inline auto is_zero_record(type_info const& t, void const* record) -> bool {
    if (t.unknown_at != type_info::no_unknown && as<box_pointer>(unknown_in(t, record)) != nullptr)
        return false;
    for (auto const& f : t.members)
        if (!is_zero_here(*f.of, f.in(record))) return false;
    return true;
}

} // namespace berth::object::detail

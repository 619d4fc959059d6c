#pragma once

/// \file
/// The one engine that walks descriptions: how values of any described type are made, copied, moved, compared
/// and destroyed. `values.hpp` has the lists, dictionaries and boxes in them.

#include <berth/core/config.hpp>
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

// --- any value ---------------------------------------------------------------------------------------------

// Each of these is inlined where a record does it for its members, most of which are absent or short texts: a
// call would cost more than the work.

[[gnu::always_inline]] BERTH_DECL auto construct_here(type_info const& t, void* raw) -> void;

[[gnu::always_inline]] BERTH_DECL auto copy_here(type_info const& t, void* raw, void const* from) -> void;

[[gnu::always_inline]] BERTH_DECL auto move_here(type_info const& t, void* raw, void* from) noexcept -> void;

[[gnu::always_inline]] BERTH_DECL auto destroy_here(type_info const& t, void* value) noexcept -> void;

[[gnu::always_inline]] BERTH_DECL auto equal_here(type_info const& t, void const* a, void const* b) -> bool;

[[gnu::always_inline]] BERTH_DECL auto is_zero_here(type_info const& t, void const* value) -> bool;

inline auto construct(type_info const& t, void* raw) -> void { construct_here(t, raw); }
inline auto copy(type_info const& t, void* raw, void const* from) -> void { copy_here(t, raw, from); }
inline auto move(type_info const& t, void* raw, void* from) noexcept -> void { move_here(t, raw, from); }
inline auto destroy(type_info const& t, void* value) noexcept -> void { destroy_here(t, value); }
inline auto equal(type_info const& t, void const* a, void const* b) -> bool { return equal_here(t, a, b); }
inline auto is_zero(type_info const& t, void const* value) -> bool { return is_zero_here(t, value); }

// --- records -----------------------------------------------------------------------------------------------

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/engine.ipp>
#endif

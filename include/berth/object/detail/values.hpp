#pragma once

/// \file
/// The elements of lists, dictionaries and boxes, and values by their `type_info`; `engine.hpp` has what all
/// values have in common.

#include <berth/core/config.hpp>
#include <berth/object/detail/engine.hpp>

#include <cstring>
#include <new>
#include <stdexcept>
#include <utility>

namespace berth::object::detail {

/// What lies before the elements of a list or the value of a box is as long as their alignment asks for: its
/// end says how many have them.
inline auto head_before(type_info const& of) -> std::size_t {
    return of.alignment > 8 ? std::size_t{of.alignment} : std::size_t{8};
}

// --- lists -------------------------------------------------------------------------------------------------

inline auto erased_list::at(type_info const& of, std::size_t n) const -> void* {
    return step(elements, n * of.bytes);
}

inline auto erased_list::truncate(type_info const& of, std::size_t n) -> void {
    if (n >= size) return;
    own(of);
    while (size > n) destroy(of, at(of, --size));
}

BERTH_DECL auto check_index(erased_list const& list, std::size_t n) -> std::size_t;

BERTH_DECL auto equal_lists(type_info const& of, erased_list const& a, erased_list const& b) -> bool;

// --- boxes -------------------------------------------------------------------------------------------------

/// Memory for one value, given back unless it is kept.
struct raw_value {
    void* memory;

    explicit raw_value(type_info const& of) : memory(::operator new(of.bytes)) {}
    raw_value(raw_value const&) = delete;
    auto operator=(raw_value const&) -> raw_value& = delete;
    ~raw_value();
    auto keep() -> void* { return std::exchange(memory, nullptr); }
};

/// The same for a value in a box, which has a head before it.
struct raw_boxed {
    type_info const& type;
    void* memory;

    explicit raw_boxed(type_info const& of);
    raw_boxed(raw_boxed const&) = delete;
    auto operator=(raw_boxed const&) -> raw_boxed& = delete;
    ~raw_boxed();
    auto keep() -> void* { return std::exchange(memory, nullptr); }
};

BERTH_DECL auto make_boxed(type_info const& of) -> void*;
BERTH_DECL auto make_boxed(type_info const& of, void* from) -> void*;
BERTH_DECL auto copy_boxed(type_info const& of, void const* value) -> void*;
BERTH_DECL auto free_boxed(type_info const& of, void* value) noexcept -> void;
BERTH_DECL auto part_boxed(type_info const& of, void*& value) -> void;
inline auto equal_boxed(type_info const& of, void const* a, void const* b) -> bool {
    if (a == nullptr || b == nullptr || a == b) return a == b;
    return equal(of, a, b);
}

// --- dictionaries ------------------------------------------------------------------------------------------

BERTH_DECL auto key_at(type_info const& entry, erased_list const& entries, std::size_t n)
    -> std::string const&;

BERTH_DECL auto key_position(type_info const& entry, erased_list const& entries, char const* text,
                             std::size_t length) -> std::size_t;

inline auto has_key(type_info const& entry, erased_list const& entries, std::size_t n, char const* text,
                    std::size_t length) -> bool {
    return n < entries.size && key_at(entry, entries, n) == std::string_view(text, length);
}

BERTH_DECL auto insert_key(type_info const& entry, erased_list& entries, std::size_t n, char const* text,
                           std::size_t length) -> void*;

} // namespace berth::object::detail

namespace berth::object {

inline auto type_info::is_zero(void const* value) const -> bool { return detail::is_zero(*this, value); }
inline auto type_info::equal(void const* a, void const* b) const -> bool {
    return detail::equal(*this, a, b);
}

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/values.ipp>
#endif

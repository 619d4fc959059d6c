#pragma once

/// \file
/// The storage of lists, dictionaries and boxes: elements whose type is known by its description only.

#include <cstddef>
#include <cstdint>
#include <limits>

namespace berth::object {

struct type_info;
template <class T> class boxed;
template <class T> class list;
class rare_text;
template <class V> class dictionary;
template <class V> struct dictionary_entry;

namespace detail {

/// The description of a type; `reflect.hpp` defines it.
template <class T> auto info_of() -> type_info const&;

/// A contiguous sequence. It owns its elements, but every operation must be told their type, the end too.
///
/// Elements may be shared: then copies of the list have the same ones and not equal ones, and nobody changes
/// them. Whoever wants to change a list owns it first, which makes elements of its own where others have them
/// too; the operations below that change a list do so. Copies may be made and ended on several threads at
/// once.
struct erased_list {
    static constexpr std::size_t max_size = std::numeric_limits<std::uint32_t>::max();

    void* elements = nullptr;
    std::uint32_t size = 0;
    std::uint32_t capacity = 0;

    erased_list() noexcept = default;
    /// A copy; nothing is left behind if it fails.
    erased_list(type_info const& of, erased_list const& from);

    /// Whether the elements may be those of other lists too.
    [[nodiscard]] auto is_shared() const noexcept -> bool {
        return elements != nullptr && __atomic_load_n(owners(), __ATOMIC_ACQUIRE) != 0;
    }
    /// From now on copies have the same elements. Nobody may hold a place in this list to write to.
    auto share() noexcept -> void;
    /// Makes sure that nobody else has the elements.
    auto own(type_info const& of) -> void {
        if (is_shared()) part(of);
    }

    /// Gives back the room that the elements do not need, if they are not shared.
    auto fit(type_info const& of) noexcept -> void;

    [[nodiscard]] auto at(type_info const& of, std::size_t n) const -> void*;
    auto reserve(type_info const& of, std::size_t n) -> void;
    /// Adds a fresh element at the end.
    auto grow(type_info const& of) -> void*;
    /// Inserts an element that is moved from `value`.
    auto take(type_info const& of, std::size_t at, void* value) -> void;
    /// Inserts all elements of another list, which is left empty.
    auto splice(type_info const& of, std::size_t at, erased_list& other) -> void;
    auto erase(type_info const& of, std::size_t at, std::size_t count) -> void;
    auto resize(type_info const& of, std::size_t n) -> void;
    auto truncate(type_info const& of, std::size_t n) -> void;
    auto swap_elements(type_info const& of, std::size_t a, std::size_t b) -> void;
    /// Destroys everything.
    auto free(type_info const& of) noexcept -> void;

private:
    /// How many lists have the elements, if they are shared; else 0. It lies before them.
    [[nodiscard]] auto owners() const noexcept -> std::uint32_t* {
        return static_cast<std::uint32_t*>(elements) - 2;
    }
    /// Owns elements that are shared.
    auto part(type_info const& of) -> void;
    /// Room for `n` elements that are not there yet, in place of none.
    auto allocate(type_info const& of, std::size_t n) -> void;
    /// Gives the room back; there are no elements any more.
    auto release(type_info const& of) noexcept -> void;
    /// Makes room for `count` elements before the `at`-th; they are raw.
    auto open_gap(type_info const& of, std::size_t at, std::size_t count) -> void;
};

/// A list that is destroyed with its owner.
struct list_owner {
    type_info const& type;
    erased_list elements;

    explicit list_owner(type_info const& of) : type(of) {}
    list_owner(list_owner const&) = delete;
    auto operator=(list_owner const&) -> list_owner& = delete;
    ~list_owner() { elements.free(type); }
};

/// The index, if there is such an element; throws otherwise.
auto check_index(erased_list const& list, std::size_t n) -> std::size_t;

auto equal_lists(type_info const& of, erased_list const& a, erased_list const& b) -> bool;

/// A value on the heap, or null. It may be shared as the elements of lists are: how many boxes have it lies
/// before it, 0 if nobody else may.
auto make_boxed(type_info const& of) -> void*;
auto make_boxed(type_info const& of, void* moved_from) -> void*;
auto copy_boxed(type_info const& of, void const* value) -> void*;
auto free_boxed(type_info const& of, void* value) noexcept -> void;
auto equal_boxed(type_info const& of, void const* a, void const* b) -> bool;

inline auto owners_of_boxed(void const* value) noexcept -> std::uint32_t* {
    return static_cast<std::uint32_t*>(const_cast<void*>(value)) - 2;
}
/// Whether a value may be that of other boxes too. Null is not.
inline auto is_boxed_shared(void const* value) noexcept -> bool {
    return value != nullptr && __atomic_load_n(owners_of_boxed(value), __ATOMIC_ACQUIRE) != 0;
}
/// From now on copies have the same value. Nobody may hold a place in it to write to.
inline auto share_boxed(void* value) noexcept -> void {
    if (value != nullptr && !is_boxed_shared(value))
        __atomic_store_n(owners_of_boxed(value), 1, __ATOMIC_RELEASE);
}
/// In place of a shared value, an equal one that nobody else has.
auto part_boxed(type_info const& of, void*& value) -> void;
/// Makes sure that nobody else has the value.
inline auto own_boxed(type_info const& of, void*& value) -> void {
    if (is_boxed_shared(value)) part_boxed(of, value);
}

/// Where `key` is among entries sorted by key, or where it belongs. Entries begin with their key.
auto key_position(type_info const& entry, erased_list const& entries, char const* key, std::size_t length)
    -> std::size_t;
/// Whether the entry at a position has that key.
auto has_key(type_info const& entry, erased_list const& entries, std::size_t at, char const* key,
             std::size_t length) -> bool;
/// Inserts an entry with that key and a fresh value.
auto insert_key(type_info const& entry, erased_list& entries, std::size_t at, char const* key,
                std::size_t length) -> void*;

} // namespace detail

} // namespace berth::object

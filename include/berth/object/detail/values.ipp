#pragma once

/// \file
/// The bodies of `berth/object/detail/values.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/values.hpp>

#include <array>
#include <cstddef>

namespace berth::object::detail {

BERTH_DECL auto erased_list::allocate(type_info const& of, std::size_t n) -> void {
    if (n > max_size) throw std::bad_array_new_length();
    elements = step(::operator new(head_before(of) + n * of.bytes), head_before(of));
    new (owners()) std::uint32_t(0);
    capacity = static_cast<std::uint32_t>(n);
}

BERTH_DECL auto erased_list::release(type_info const& of) noexcept -> void {
    ::operator delete(static_cast<char*>(elements) - head_before(of));
    elements = nullptr;
    size = 0;
    capacity = 0;
}

BERTH_DECL erased_list::erased_list(type_info const& of, erased_list const& from) {
    if (from.size == 0) return;
    if (from.is_shared()) {
        __atomic_fetch_add(from.owners(), 1, __ATOMIC_RELAXED);
        elements = from.elements;
        size = from.size;
        capacity = from.capacity;
        return;
    }
    allocate(of, from.size);
    if (of.trivial) {
        std::memcpy(elements, from.elements, std::size_t{from.size} * of.bytes);
        size = from.size;
        return;
    }
    try {
        for (; size < from.size; ++size) copy(of, at(of, size), from.at(of, size));
    } catch (...) {
        free(of);
        throw;
    }
}

BERTH_DECL auto erased_list::share() noexcept -> void {
    if (elements != nullptr && !is_shared()) __atomic_store_n(owners(), 1, __ATOMIC_RELEASE);
}

BERTH_DECL auto erased_list::part(type_info const& of) -> void {
    if (__atomic_load_n(owners(), __ATOMIC_ACQUIRE) == 1) { // nobody else has a list to copy
        __atomic_store_n(owners(), 0, __ATOMIC_RELAXED);
        return;
    }
    auto mine = list_owner(of);
    mine.elements.allocate(of, size);
    for (auto& n = mine.elements.size; n < size; ++n) copy(of, mine.elements.at(of, n), at(of, n));
    std::swap(*this, mine.elements);
}

BERTH_DECL auto erased_list::reserve(type_info const& of, std::size_t n) -> void {
    if (n <= capacity) return;
    own(of);
    auto room = erased_list();
    room.allocate(of, n);
    for (; room.size < size; ++room.size) relocate(of, room.at(of, room.size), at(of, room.size));
    if (elements != nullptr) release(of);
    *this = room;
}

BERTH_DECL auto erased_list::fit(type_info const& of) noexcept -> void {
    if (size == capacity || is_shared()) return;
    if (size == 0) return free(of);
    auto room = erased_list();
    try {
        room.allocate(of, size);
    } catch (std::bad_alloc const&) {
        return; // then it keeps what it has
    }
    for (; room.size < size; ++room.size) relocate(of, room.at(of, room.size), at(of, room.size));
    release(of);
    *this = room;
}

BERTH_DECL auto erased_list::open_gap(type_info const& of, std::size_t n, std::size_t count) -> void {
    own(of);
    auto const wanted = std::size_t{size} + count;
    if (wanted > capacity)
        reserve(of, wanted < std::size_t{2} * capacity ? std::size_t{2} * capacity : wanted);
    for (auto i = std::size_t{size}; i > n; --i) relocate(of, at(of, i - 1 + count), at(of, i - 1));
}

BERTH_DECL auto erased_list::grow(type_info const& of) -> void* {
    open_gap(of, size, 1);
    auto* const made = at(of, size);
    construct(of, made);
    ++size;
    return made;
}

BERTH_DECL auto erased_list::take(type_info const& of, std::size_t n, void* value) -> void {
    open_gap(of, n, 1);
    move(of, at(of, n), value);
    ++size;
}

BERTH_DECL auto erased_list::splice(type_info const& of, std::size_t n, erased_list& other) -> void {
    other.own(of);
    open_gap(of, n, other.size);
    for (std::size_t i = 0; i < other.size; ++i) relocate(of, at(of, n + i), other.at(of, i));
    size += std::exchange(other.size, 0U);
    other.free(of);
}

BERTH_DECL auto erased_list::erase(type_info const& of, std::size_t n, std::size_t count) -> void {
    own(of);
    for (std::size_t i = 0; i < count; ++i) destroy(of, at(of, n + i));
    for (auto i = n + count; i < size; ++i) relocate(of, at(of, i - count), at(of, i));
    size -= static_cast<std::uint32_t>(count);
}

BERTH_DECL auto erased_list::resize(type_info const& of, std::size_t n) -> void {
    auto const before = std::size_t{size};
    reserve(of, n);
    try {
        while (size < n) grow(of);
    } catch (...) {
        truncate(of, before);
        throw;
    }
    truncate(of, n);
}

BERTH_DECL auto erased_list::swap_elements(type_info const& of, std::size_t a, std::size_t b) -> void {
    if (a == b) return;
    open_gap(of, size, 1);
    relocate(of, at(of, size), at(of, a));
    relocate(of, at(of, a), at(of, b));
    relocate(of, at(of, b), at(of, size));
}

BERTH_DECL auto erased_list::free(type_info const& of) noexcept -> void {
    if (elements == nullptr) return;
    if (is_shared() && __atomic_fetch_sub(owners(), 1, __ATOMIC_ACQ_REL) != 1) {
        *this = {};
        return;
    }
    if (!of.trivial)
        while (size > 0) destroy(of, at(of, --size));
    release(of);
}

BERTH_DECL auto check_index(erased_list const& list, std::size_t n) -> std::size_t {
    if (n >= list.size) throw std::out_of_range("list::at: there is no such element");
    return n;
}

BERTH_DECL auto equal_lists(type_info const& of, erased_list const& a, erased_list const& b) -> bool {
    if (a.size != b.size) return false;
    if (a.elements == b.elements) return true;
    for (std::size_t i = 0; i < a.size; ++i)
        if (!equal(of, a.at(of, i), b.at(of, i))) return false;
    return true;
}

BERTH_DECL raw_value::~raw_value() { ::operator delete(memory); }

BERTH_DECL raw_boxed::raw_boxed(type_info const& of)
    : type(of), memory(step(::operator new(head_before(of) + of.bytes), head_before(of))) {
    new (owners_of_boxed(memory)) std::uint32_t(0);
}

/// Gives the room of a value back that was destroyed.
inline auto release_boxed(type_info const& of, void* value) noexcept -> void {
    ::operator delete(static_cast<char*>(value) - head_before(of));
}

BERTH_DECL raw_boxed::~raw_boxed() {
    if (memory != nullptr) release_boxed(type, memory);
}

BERTH_DECL auto make_boxed(type_info const& of) -> void* {
    auto made = raw_boxed(of);
    construct(of, made.memory);
    return made.keep();
}

BERTH_DECL auto make_boxed(type_info const& of, void* from) -> void* {
    auto made = raw_boxed(of);
    move(of, made.memory, from);
    return made.keep();
}

/// A copy that nobody else has.
inline auto copy_of_boxed(type_info const& of, void const* value) -> void* {
    auto made = raw_boxed(of);
    copy(of, made.memory, value);
    return made.keep();
}

BERTH_DECL auto copy_boxed(type_info const& of, void const* value) -> void* {
    if (value == nullptr) return nullptr;
    if (!is_boxed_shared(value)) return copy_of_boxed(of, value);
    __atomic_fetch_add(owners_of_boxed(value), 1, __ATOMIC_RELAXED);
    return const_cast<void*>(value);
}

BERTH_DECL auto part_boxed(type_info const& of, void*& value) -> void {
    if (__atomic_load_n(owners_of_boxed(value), __ATOMIC_ACQUIRE) == 1) // nobody else has a box to copy
        return __atomic_store_n(owners_of_boxed(value), 0, __ATOMIC_RELAXED);
    free_boxed(of, std::exchange(value, copy_of_boxed(of, value)));
}

BERTH_DECL auto free_boxed(type_info const& of, void* value) noexcept -> void {
    if (value == nullptr) return;
    if (is_boxed_shared(value) && __atomic_fetch_sub(owners_of_boxed(value), 1, __ATOMIC_ACQ_REL) != 1)
        return;
    destroy(of, value);
    release_boxed(of, value);
}

BERTH_DECL auto key_at(type_info const& entry, erased_list const& entries, std::size_t n)
    -> std::string const& {
    return as<std::string>(static_cast<void const*>(entries.at(entry, n)));
}

BERTH_DECL auto key_position(type_info const& entry, erased_list const& entries, char const* text,
                             std::size_t length) -> std::size_t {
    auto const key = std::string_view(text, length);
    auto low = std::size_t{0};
    auto high = std::size_t{entries.size};
    if (high != 0 && key_at(entry, entries, high - 1) < key) return high;
    while (low < high) {
        auto const middle = low + (high - low) / 2;
        if (key_at(entry, entries, middle) < key) low = middle + 1;
        else high = middle;
    }
    return low;
}

BERTH_DECL auto insert_key(type_info const& entry, erased_list& entries, std::size_t n, char const* text,
                           std::size_t length) -> void* {
    auto made = raw_value(entry);
    construct(entry, made.memory);
    try {
        as<std::string>(made.memory).assign(text, length);
        entries.take(entry, n, made.memory);
    } catch (...) {
        destroy(entry, made.memory);
        throw;
    }
    destroy(entry, made.memory);
    return entries.at(entry, n);
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto type_info::make() const -> void* {
    auto made = detail::raw_value(*this);
    detail::construct(*this, made.memory);
    return made.keep();
}

BERTH_DECL auto type_info::clone(void const* from) const -> void* {
    if (from == nullptr) return nullptr;
    auto made = detail::raw_value(*this);
    detail::copy(*this, made.memory, from);
    return made.keep();
}

BERTH_DECL auto type_info::destroy(void const* value) const -> void {
    if (value == nullptr) return;
    detail::destroy(*this, const_cast<void*>(value));
    ::operator delete(const_cast<void*>(value));
}

BERTH_DECL auto type_info::assign(void* to, void const* from) const -> void {
    auto const by_way_of = [&](void* room) {
        detail::copy(*this, room, from);
        detail::destroy(*this, to);
        detail::relocate(*this, to, room);
    };
    alignas(std::max_align_t) std::array<std::byte, 64> small;
    if (bytes <= small.size() && alignment <= alignof(std::max_align_t)) return by_way_of(small.data());
    by_way_of(detail::raw_value(*this).memory);
}

BERTH_DECL auto type_info::reset(void* value) const -> void {
    auto made = detail::raw_value(*this);
    detail::construct(*this, made.memory);
    detail::destroy(*this, value);
    detail::relocate(*this, value, made.memory);
}

BERTH_DECL auto type_info::size(void const* value) const -> std::size_t {
    switch (layout) {
    case storage::list:
    case storage::map: return detail::as<detail::erased_list>(value).size;
    case storage::boxed: return detail::as<detail::box_pointer>(value) != nullptr ? 1 : 0;
    default: return ranges->size(value);
    }
}

BERTH_DECL auto type_info::at(void const* value, std::size_t n) const -> void const* {
    switch (layout) {
    case storage::list: return detail::as<detail::erased_list>(value).at(*contained, n);
    case storage::map:
        return detail::step(detail::as<detail::erased_list>(value).at(*entry, n), entry->members[1].offset);
    case storage::boxed: return detail::as<detail::box_pointer>(value);
    default: return ranges->at(value, n);
    }
}

BERTH_DECL auto type_info::reach(void* value, std::size_t n) const -> void* {
    if (layout == storage::list || layout == storage::map)
        detail::as<detail::erased_list>(value).own(detail::elements_of(*this));
    else if (layout == storage::boxed) detail::own_boxed(*contained, detail::as<detail::box_pointer>(value));
    return const_cast<void*>(at(value, n));
}

BERTH_DECL auto type_info::key(void const* value, std::size_t n) const -> std::string_view {
    return detail::key_at(*entry, detail::as<detail::erased_list>(value), n);
}

BERTH_DECL auto type_info::add(void* value, std::string_view key) const -> void* {
    using detail::as;
    switch (layout) {
    case storage::list: return as<detail::erased_list>(value).grow(*contained);
    case storage::map: {
        auto& entries = as<detail::erased_list>(value);
        auto const n = detail::key_position(*entry, entries, key.data(), key.size());
        if (!detail::has_key(*entry, entries, n, key.data(), key.size()))
            detail::insert_key(*entry, entries, n, key.data(), key.size());
        entries.own(*entry);
        return detail::step(entries.at(*entry, n), entry->members[1].offset);
    }
    case storage::boxed: {
        auto& box = as<detail::box_pointer>(value);
        if (box == nullptr) box = detail::make_boxed(*contained);
        else detail::own_boxed(*contained, box);
        return box;
    }
    default: return ranges->add(value);
    }
}

BERTH_DECL auto type_info::text(void const* value) const -> std::string const& {
    if (layout == storage::text) return detail::as<std::string>(value);
    static auto const none = std::string();
    auto const* const inner = detail::as<detail::box_pointer>(value);
    return inner == nullptr ? none : detail::as<std::string>(inner);
}

BERTH_DECL auto type_info::set_text(void* value, std::string_view text) const -> void {
    if (layout == storage::text) {
        detail::as<std::string>(value).assign(text);
        return;
    }
    auto made = std::string(text);
    auto* const inner = text.empty() ? nullptr : detail::make_boxed(*contained, &made);
    detail::free_boxed(*contained, std::exchange(detail::as<detail::box_pointer>(value), inner));
}

BERTH_DECL auto type_info::field(std::string_view wanted) const -> field_info const* {
    if (by_name.empty()) {
        for (auto const& f : fields)
            if (f.name == wanted) return &f;
        return nullptr;
    }
    auto low = std::size_t{0};
    auto high = by_name.size();
    while (low < high) {
        auto const middle = low + (high - low) / 2;
        if (fields[by_name[middle]].name < wanted) low = middle + 1;
        else high = middle;
    }
    return low < by_name.size() && fields[by_name[low]].name == wanted ? &fields[by_name[low]] : nullptr;
}

} // namespace berth::object

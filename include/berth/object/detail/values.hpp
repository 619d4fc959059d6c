#pragma once

/// \file
/// The one engine that walks descriptions: how values of any described type are made, copied, moved, compared
/// and destroyed.

#include <berth/object/schema.hpp>

#include <cstring>
#include <new>
#include <stdexcept>
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
        return one == nullptr || other == nullptr ? one == other : equal(*t.contained, one, other);
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

// --- lists -------------------------------------------------------------------------------------------------

inline auto erased_list::at(type_info const& of, std::size_t n) const -> void* {
    return step(elements, n * of.bytes);
}

inline erased_list::erased_list(type_info const& of, erased_list const& from) {
    if (from.size == 0) return;
    elements = ::operator new(std::size_t{from.size} * of.bytes);
    capacity = from.size;
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

inline auto erased_list::reserve(type_info const& of, std::size_t n) -> void {
    if (n <= capacity) return;
    if (n > max_size) throw std::bad_array_new_length();
    auto* const room = ::operator new(n * of.bytes);
    for (std::size_t i = 0; i < size; ++i) relocate(of, step(room, i * of.bytes), at(of, i));
    ::operator delete(elements);
    elements = room;
    capacity = static_cast<std::uint32_t>(n);
}

inline auto erased_list::open_gap(type_info const& of, std::size_t n, std::size_t count) -> void {
    auto const wanted = std::size_t{size} + count;
    if (wanted > capacity)
        reserve(of, wanted < std::size_t{2} * capacity ? std::size_t{2} * capacity : wanted);
    for (auto i = std::size_t{size}; i > n; --i) relocate(of, at(of, i - 1 + count), at(of, i - 1));
}

inline auto erased_list::grow(type_info const& of) -> void* {
    open_gap(of, size, 1);
    auto* const made = at(of, size);
    construct(of, made);
    ++size;
    return made;
}

inline auto erased_list::take(type_info const& of, std::size_t n, void* value) -> void {
    open_gap(of, n, 1);
    move(of, at(of, n), value);
    ++size;
}

inline auto erased_list::splice(type_info const& of, std::size_t n, erased_list& other) -> void {
    open_gap(of, n, other.size);
    for (std::size_t i = 0; i < other.size; ++i) relocate(of, at(of, n + i), other.at(of, i));
    size += std::exchange(other.size, 0U);
    other.free(of);
}

inline auto erased_list::erase(type_info const& of, std::size_t n, std::size_t count) noexcept -> void {
    for (std::size_t i = 0; i < count; ++i) destroy(of, at(of, n + i));
    for (auto i = n + count; i < size; ++i) relocate(of, at(of, i - count), at(of, i));
    size -= static_cast<std::uint32_t>(count);
}

inline auto erased_list::resize(type_info const& of, std::size_t n) -> void {
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

inline auto erased_list::truncate(type_info const& of, std::size_t n) noexcept -> void {
    while (size > n) destroy(of, at(of, --size));
}

inline auto erased_list::swap_elements(type_info const& of, std::size_t a, std::size_t b) -> void {
    if (a == b) return;
    open_gap(of, size, 1);
    relocate(of, at(of, size), at(of, a));
    relocate(of, at(of, a), at(of, b));
    relocate(of, at(of, b), at(of, size));
}

inline auto erased_list::free(type_info const& of) noexcept -> void {
    if (elements == nullptr) return;
    if (!of.trivial) truncate(of, 0);
    ::operator delete(std::exchange(elements, nullptr));
    size = 0;
    capacity = 0;
}

inline auto check_index(erased_list const& list, std::size_t n) -> std::size_t {
    if (n >= list.size) throw std::out_of_range("list::at: there is no such element");
    return n;
}

inline auto equal_lists(type_info const& of, erased_list const& a, erased_list const& b) -> bool {
    if (a.size != b.size) return false;
    for (std::size_t i = 0; i < a.size; ++i)
        if (!equal(of, a.at(of, i), b.at(of, i))) return false;
    return true;
}

// --- boxes -------------------------------------------------------------------------------------------------

/// Memory for one value, given back unless it is kept.
struct raw_value {
    void* memory;

    explicit raw_value(type_info const& of) : memory(::operator new(of.bytes)) {}
    raw_value(raw_value const&) = delete;
    auto operator=(raw_value const&) -> raw_value& = delete;
    ~raw_value() { ::operator delete(memory); }
    auto keep() -> void* { return std::exchange(memory, nullptr); }
};

inline auto make_boxed(type_info const& of) -> void* {
    auto made = raw_value(of);
    construct(of, made.memory);
    return made.keep();
}
inline auto make_boxed(type_info const& of, void* from) -> void* {
    auto made = raw_value(of);
    move(of, made.memory, from);
    return made.keep();
}
inline auto copy_boxed(type_info const& of, void const* value) -> void* {
    if (value == nullptr) return nullptr;
    auto made = raw_value(of);
    copy(of, made.memory, value);
    return made.keep();
}
inline auto free_boxed(type_info const& of, void* value) noexcept -> void {
    if (value == nullptr) return;
    destroy(of, value);
    ::operator delete(value);
}
inline auto equal_boxed(type_info const& of, void const* a, void const* b) -> bool {
    if (a == nullptr || b == nullptr) return a == b;
    return equal(of, a, b);
}

// --- dictionaries ------------------------------------------------------------------------------------------

inline auto key_at(type_info const& entry, erased_list const& entries, std::size_t n) -> std::string const& {
    return as<std::string>(static_cast<void const*>(entries.at(entry, n)));
}

inline auto key_position(type_info const& entry, erased_list const& entries, char const* text,
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

inline auto has_key(type_info const& entry, erased_list const& entries, std::size_t n, char const* text,
                    std::size_t length) -> bool {
    return n < entries.size && key_at(entry, entries, n) == std::string_view(text, length);
}

inline auto insert_key(type_info const& entry, erased_list& entries, std::size_t n, char const* text,
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

inline auto type_info::is_zero(void const* value) const -> bool { return detail::is_zero(*this, value); }
inline auto type_info::equal(void const* a, void const* b) const -> bool {
    return detail::equal(*this, a, b);
}
inline auto type_info::assign(void* to, void const* from) const -> void {
    auto copied = detail::raw_value(*this);
    detail::copy(*this, copied.memory, from);
    detail::destroy(*this, to);
    detail::relocate(*this, to, copied.memory);
}
inline auto type_info::reset(void* value) const -> void {
    auto made = detail::raw_value(*this);
    detail::construct(*this, made.memory);
    detail::destroy(*this, value);
    detail::relocate(*this, value, made.memory);
}
inline auto type_info::make() const -> void* { return detail::make_boxed(*this); }
inline auto type_info::clone(void const* from) const -> void* { return detail::copy_boxed(*this, from); }
inline auto type_info::destroy(void const* value) const -> void {
    detail::free_boxed(*this, const_cast<void*>(value));
}

inline auto type_info::size(void const* value) const -> std::size_t {
    switch (layout) {
    case storage::list:
    case storage::map: return detail::as<detail::erased_list>(value).size;
    case storage::boxed: return detail::as<detail::box_pointer>(value) != nullptr ? 1 : 0;
    default: return ranges->size(value);
    }
}

inline auto type_info::at(void const* value, std::size_t n) const -> void const* {
    switch (layout) {
    case storage::list: return detail::as<detail::erased_list>(value).at(*contained, n);
    case storage::map:
        return detail::step(detail::as<detail::erased_list>(value).at(*entry, n), entry->members[1].offset);
    case storage::boxed: return detail::as<detail::box_pointer>(value);
    default: return ranges->at(value, n);
    }
}

inline auto type_info::key(void const* value, std::size_t n) const -> std::string_view {
    return detail::key_at(*entry, detail::as<detail::erased_list>(value), n);
}

inline auto type_info::add(void* value, std::string_view key) const -> void* {
    using detail::as;
    switch (layout) {
    case storage::list: return as<detail::erased_list>(value).grow(*contained);
    case storage::map: {
        auto& entries = as<detail::erased_list>(value);
        auto const n = detail::key_position(*entry, entries, key.data(), key.size());
        if (!detail::has_key(*entry, entries, n, key.data(), key.size()))
            detail::insert_key(*entry, entries, n, key.data(), key.size());
        return detail::step(entries.at(*entry, n), entry->members[1].offset);
    }
    case storage::boxed: {
        auto& box = as<detail::box_pointer>(value);
        if (box == nullptr) box = detail::make_boxed(*contained);
        return box;
    }
    default: return ranges->add(value);
    }
}

inline auto type_info::field(std::string_view wanted) const -> field_info const* {
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

#pragma once

/// \file
/// A small ordered map from text: sorted entries, for labels, annotations, resources and the like.

#include <berth/object/detail/erased_list.hpp>

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace berth::object {

/// An entry of a dictionary. The key of one that is in a dictionary must not be changed.
template <class V> struct dictionary_entry {
    std::string first;
    V second;

    friend auto operator==(dictionary_entry const&, dictionary_entry const&) -> bool = default;
};

/// Entries sorted by key, each key once. Look-up is logarithmic, insertion linear; entries that arrive in
/// order are appended. Made for the handful of entries that labels and annotations have. Like `list`, all
/// dictionaries of described values share their code, and those of an `any_object` their entries with copies
/// until one of them is changed.
template <class V> class dictionary {
public:
    using value_type = dictionary_entry<V>;
    using mapped_type = V;
    using key_type = std::string;
    using size_type = std::size_t;
    using difference_type = std::ptrdiff_t;
    using reference = value_type&;
    using const_reference = value_type const&;
    using iterator = value_type*;
    using const_iterator = value_type const*;

    dictionary() noexcept = default;
    dictionary(std::initializer_list<value_type> entries) {
        auto made = dictionary();
        for (auto const& [key, value] : entries) made[key] = value;
        swap(made);
    }
    template <std::input_iterator I, std::sentinel_for<I> S> dictionary(I first, S last) {
        auto made = dictionary();
        for (; first != last; ++first) {
            auto const& [key, value] = *first;
            made[key] = value;
        }
        swap(made);
    }
    dictionary(dictionary const& from) : entries_(entry_info(), from.entries_) {}
    dictionary(dictionary&& from) noexcept : entries_(std::exchange(from.entries_, {})) {}
    auto operator=(dictionary from) noexcept -> dictionary& {
        swap(from);
        return *this;
    }
    ~dictionary() { entries_.free(entry_info()); }

    [[nodiscard]] auto size() const noexcept -> std::size_t { return entries_.size; }
    [[nodiscard]] auto empty() const noexcept -> bool { return entries_.size == 0; }
    auto begin() -> iterator {
        entries_.own(entry_info());
        return static_cast<iterator>(entries_.elements);
    }
    auto end() -> iterator { return begin() + entries_.size; }
    auto begin() const noexcept -> const_iterator { return static_cast<const_iterator>(entries_.elements); }
    auto end() const noexcept -> const_iterator { return begin() + entries_.size; }
    /// The n-th entry in the order of keys.
    auto at_index(std::size_t n) const -> value_type const& { return begin()[n]; }

    /// The value of `key`, or null.
    [[nodiscard]] auto find(std::string_view key) const -> V const* {
        auto const n = position(key);
        return has(n, key) ? &begin()[n].second : nullptr;
    }
    [[nodiscard]] auto find(std::string_view key) -> V* {
        auto const n = position(key);
        return has(n, key) ? &begin()[n].second : nullptr;
    }
    [[nodiscard]] auto contains(std::string_view key) const -> bool { return find(key) != nullptr; }

    /// The value of `key`, or `otherwise`.
    [[nodiscard]] auto get(std::string_view key, V otherwise = {}) const -> V {
        auto const* found = find(key);
        return found == nullptr ? std::move(otherwise) : *found;
    }

    /// The value of `key`, made first if absent.
    auto operator[](std::string_view key) -> V& {
        auto const n = position(key);
        if (!has(n, key)) detail::insert_key(entry_info(), entries_, n, key.data(), key.size());
        return begin()[n].second;
    }

    /// Removes `key`; says whether it was there.
    auto erase(std::string_view key) -> bool {
        auto const n = position(key);
        if (!has(n, key)) return false;
        entries_.erase(entry_info(), n, 1);
        return true;
    }
    auto erase(const_iterator at) -> iterator {
        auto const n = at - std::as_const(*this).begin();
        entries_.erase(entry_info(), static_cast<std::size_t>(n), 1);
        return begin() + n;
    }
    auto clear() noexcept -> void {
        if (entries_.is_shared()) entries_.free(entry_info());
        else entries_.truncate(entry_info(), 0);
    }
    auto swap(dictionary& other) noexcept -> void { std::swap(entries_, other.entries_); }
    friend auto swap(dictionary& a, dictionary& b) noexcept -> void { a.swap(b); }

    friend auto operator==(dictionary const& a, dictionary const& b) -> bool {
        return detail::equal_lists(entry_info(), a.entries_, b.entries_);
    }

private:
    static auto entry_info() -> type_info const& { return detail::info_of<value_type>(); }
    [[nodiscard]] auto position(std::string_view key) const -> std::size_t {
        return detail::key_position(entry_info(), entries_, key.data(), key.size());
    }
    [[nodiscard]] auto has(std::size_t n, std::string_view key) const -> bool {
        return detail::has_key(entry_info(), entries_, n, key.data(), key.size());
    }

    detail::erased_list entries_;
};

} // namespace berth::object

// Describes what is in it; that needs the class above.
#include <berth/object/reflect.hpp> // IWYU pragma: keep

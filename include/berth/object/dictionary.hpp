#pragma once

/// \file
/// A small ordered map from text: a sorted vector, for labels, annotations, resources and the like.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::object {

/// Entries sorted by key, each key once. Look-up is logarithmic, insertion linear; entries that arrive in
/// order are appended. Made for the handful of entries that labels and annotations have.
template <class V> class dictionary {
public:
    using value_type = std::pair<std::string, V>;
    using mapped_type = V;
    using iterator = typename std::vector<value_type>::iterator;
    using const_iterator = typename std::vector<value_type>::const_iterator;

    dictionary() = default;
    dictionary(std::initializer_list<value_type> entries) {
        for (auto const& [key, value] : entries) (*this)[key] = value;
    }

    [[nodiscard]] auto size() const -> std::size_t { return entries_.size(); }
    [[nodiscard]] auto empty() const -> bool { return entries_.empty(); }
    auto begin() { return entries_.begin(); }
    auto end() { return entries_.end(); }
    auto begin() const { return entries_.begin(); }
    auto end() const { return entries_.end(); }
    /// The n-th entry in the order of keys.
    auto at_index(std::size_t n) const -> value_type const& { return entries_[n]; }

    /// The value of `key`, or null.
    [[nodiscard]] auto find(std::string_view key) const -> V const* {
        auto const n = position(key);
        return n < entries_.size() && entries_[n].first == key ? &entries_[n].second : nullptr;
    }
    [[nodiscard]] auto find(std::string_view key) -> V* {
        auto const n = position(key);
        return n < entries_.size() && entries_[n].first == key ? &entries_[n].second : nullptr;
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
        if (n == entries_.size() || entries_[n].first != key)
            entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(n),
                            value_type{std::string(key), V{}});
        return entries_[n].second;
    }

    /// Removes `key`; says whether it was there.
    auto erase(std::string_view key) -> bool {
        auto const n = position(key);
        if (n == entries_.size() || entries_[n].first != key) return false;
        entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(n));
        return true;
    }
    auto clear() -> void { entries_.clear(); }

    friend auto operator==(dictionary const&, dictionary const&) -> bool = default;

private:
    [[nodiscard]] auto position(std::string_view key) const -> std::size_t {
        if (!entries_.empty() && entries_.back().first < key) return entries_.size();
        auto low = std::size_t{0};
        auto high = entries_.size();
        while (low < high) {
            auto const middle = low + (high - low) / 2;
            if (entries_[middle].first < key) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    std::vector<value_type> entries_;
};

} // namespace berth::object

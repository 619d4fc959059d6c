#pragma once

/// \file
/// Sorting for the handful of entries that selectors have, without the cost of including `<algorithm>`.

#include <cstddef>
#include <utility>
#include <vector>

namespace berth::object::detail {

/// Sorts stably: by insertion where there are few entries, by merging halves where there are many.
template <class T, class Less> auto small_sort(std::vector<T>& list, Less less) -> void {
    if (list.size() <= 16) {
        for (std::size_t i = 1; i < list.size(); ++i)
            for (auto j = i; j > 0 && less(list[j], list[j - 1]); --j) std::swap(list[j], list[j - 1]);
        return;
    }
    auto left = std::vector<T>();
    auto right = std::vector<T>();
    for (auto& entry : list) (left.size() < list.size() / 2 ? left : right).push_back(std::move(entry));
    small_sort(left, less);
    small_sort(right, less);
    auto l = std::size_t{0};
    auto r = std::size_t{0};
    for (auto& entry : list) {
        auto const from_right = l == left.size() || (r < right.size() && less(right[r], left[l]));
        entry = std::move(from_right ? right[r++] : left[l++]);
    }
}

template <class T> auto small_sort(std::vector<T>& list) -> void {
    small_sort(list, [](T const& a, T const& b) { return a < b; });
}

/// Sorts, and keeps each entry once.
template <class T> auto sort_distinct(std::vector<T>& list) -> void {
    small_sort(list);
    auto kept = std::size_t{0};
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (kept > 0 && list[i] == list[kept - 1]) continue;
        if (i != kept) list[kept] = std::move(list[i]);
        ++kept;
    }
    list.resize(kept);
}

} // namespace berth::object::detail

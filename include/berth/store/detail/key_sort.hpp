#pragma once

/// \file
/// Sorts many keys by their bytes while reading each key's memory few times: eight bytes of every key lie in
/// the array that is sorted, and only where those are equal the next eight are fetched (multikey sorting with
/// caching: Ng and Kakehi, "Cache efficient radix sort for string sorting", 2007).

#include <berth/store/detail/record.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace berth::store::detail {

/// A key with eight of its bytes as a number that orders as they do.
template <class V> struct cached_key {
    std::uint64_t head = 0;
    key_text<V>* key = nullptr;
};

/// The eight bytes from `depth` on, zeros where the key ends.
[[nodiscard]] inline auto head_of(std::string_view text, std::size_t depth) -> std::uint64_t {
    auto out = std::uint64_t{0};
    if (depth < text.size())
        std::memcpy(&out, text.data() + depth, std::min(sizeof out, text.size() - depth));
    return std::endian::native == std::endian::little ? __builtin_bswap64(out) : out;
}

/// Sorts keys whose first `depth` bytes are equal.
template <class V> auto sort_cached(std::span<cached_key<V>> keys, std::size_t depth) -> void {
    if (keys.size() < 16) {
        std::sort(keys.begin(), keys.end(),
                  [](auto const& a, auto const& b) { return a.key->view() < b.key->view(); });
        return;
    }
    auto all_longer = true;
    auto all_alike = true;
    for (auto& k : keys) {
        auto const text = k.key->view();
        k.head = head_of(text, depth);
        all_longer = all_longer && text.size() > depth + sizeof k.head;
        all_alike = all_alike && k.head == keys.front().head;
    }
    if (!all_alike || !all_longer) {
        std::sort(keys.begin(), keys.end(), [](auto const& a, auto const& b) {
            return a.head != b.head ? a.head < b.head : a.key->view().size() < b.key->view().size();
        });
    }
    for (std::size_t i = 0; i < keys.size();) {
        auto const begin = i;
        while (i < keys.size() && keys[i].head == keys[begin].head) ++i;
        auto run = keys.subspan(begin, i - begin);
        while (!run.empty() && run.front().key->view().size() <= depth + sizeof(std::uint64_t))
            run = run.subspan(1); // the end of these was reached: only zeros can follow, fewest first
        if (run.size() > 1) sort_cached(run, depth + sizeof(std::uint64_t));
    }
}

/// Sorts keys, all different, by their bytes.
template <class V> auto sort_keys(std::vector<key_text<V>*>& keys) -> void {
    auto cached = std::vector<cached_key<V>>{};
    cached.reserve(keys.size());
    for (auto* const k : keys) cached.push_back({0, k});
    sort_cached(std::span{cached}, 0);
    std::transform(cached.begin(), cached.end(), keys.begin(), [](auto const& c) { return c.key; });
}

} // namespace berth::store::detail

#pragma once

/// \file
/// The keys of a store in order: a sorted array of sorted leaves. Reading a range touches consecutive memory,
/// and each leaf knows how many of its keys exist now, so that counting a range does not visit its keys.

#include <berth/store/detail/record.hpp>
#include <berth/store/key_range.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace berth::store::detail {

/// Every key of one store, deleted ones included until they are compacted away. Does not own them. Not
/// synchronized.
template <class V> class key_order {
public:
    /// A place in the order.
    struct position {
        std::size_t leaf = 0;
        std::size_t slot = 0;
        friend auto operator==(position, position) -> bool = default;
    };

    [[nodiscard]] auto at(position p) const -> key_text<V>& { return *leaves_[p.leaf]->keys[p.slot]; }
    [[nodiscard]] auto is_end(position p) const -> bool { return p.leaf == leaves_.size(); }

    [[nodiscard]] auto next(position p) const -> position {
        return p.slot + 1 < leaves_[p.leaf]->size ? position{p.leaf, p.slot + 1} : position{p.leaf + 1, 0};
    }

    /// Asks for the memory of the keys some steps behind `p`, and of their versions.
    auto fetch_ahead(position p) const -> void {
        auto const& l = *leaves_[p.leaf];
        if (p.slot + 16 < l.size) __builtin_prefetch(l.keys[p.slot + 16]);
        if (p.slot + 8 < l.size) __builtin_prefetch(l.keys[p.slot + 8]->newest);
    }

    /// The first key that is not less than `text`. Logarithmic.
    [[nodiscard]] auto seek(std::string_view text) const -> position {
        if (leaves_.empty()) return {};
        auto const leaf = leaf_for(text);
        auto const slot = slot_for(*leaves_[leaf], text);
        return slot < leaves_[leaf]->size ? position{leaf, slot} : position{leaf + 1, 0};
    }

    /// The first key behind a range that is not a single key.
    [[nodiscard]] auto seek_end(key_range keys) const -> position {
        if (keys.is_unbounded()) return {leaves_.size(), 0};
        return seek(keys.end);
    }

    /// Adds a key that is not there yet, which does not count as existing. Appending to the end of the order
    /// fills leaves completely; elsewhere a full leaf is split.
    auto insert(key_text<V>& key) -> void {
        if (leaves_.empty()) {
            leaves_.push_back(std::make_unique<leaf_type>());
            leaves_[0]->keys[0] = &key;
            leaves_[0]->size = 1;
            return;
        }
        auto leaf = leaf_for(key.view());
        auto slot = slot_for(*leaves_[leaf], key.view());
        if (leaves_[leaf]->size == capacity) {
            if (leaf + 1 == leaves_.size() && slot == capacity) {
                leaves_.push_back(std::make_unique<leaf_type>());
                leaf += 1;
                slot = 0;
            } else {
                split(leaf);
                if (slot > leaves_[leaf]->size) {
                    slot -= leaves_[leaf]->size;
                    leaf += 1;
                }
            }
        }
        auto& l = *leaves_[leaf];
        auto* const here = l.keys.data() + slot;
        std::copy_backward(here, l.keys.data() + l.size, l.keys.data() + l.size + 1);
        *here = &key;
        ++l.size;
    }

    /// Takes keys that are in order, into an order without any. Leaves get room for some more.
    auto build(std::vector<key_text<V>*> const& keys) -> void {
        constexpr auto share = capacity * 3 / 4;
        leaves_.reserve(keys.size() / share + 1);
        for (std::size_t i = 0; i < keys.size(); i += share) {
            auto& l = *leaves_.emplace_back(std::make_unique<leaf_type>());
            l.size = std::min(share, keys.size() - i);
            std::copy_n(keys.data() + i, l.size, l.keys.data());
            recount(l);
        }
    }

    /// Removes a key that is there and does not count as existing.
    auto erase(key_text<V> const& key) -> void {
        auto const leaf = leaf_for(key.view());
        auto& l = *leaves_[leaf];
        auto* const here = l.keys.data() + slot_for(l, key.view());
        std::copy(here + 1, l.keys.data() + l.size, here);
        --l.size;
        if (l.size == 0) {
            leaves_.erase(leaves_.begin() + static_cast<std::ptrdiff_t>(leaf));
        } else if (leaf + 1 < leaves_.size() && l.size + leaves_[leaf + 1]->size <= capacity / 2) {
            join(leaf);
        }
    }

    /// Notes that a key began (+1) or ceased (-1) to exist.
    auto count_existing(key_text<V> const& key, std::int32_t change) -> void {
        leaves_[leaf_for(key.view())]->existing += change;
    }

    /// How many keys of a range that is not a single key exist now. `exists` judges the keys of the two outer
    /// leaves.
    template <class Exists>
    [[nodiscard]] auto count(key_range keys, Exists exists) const -> std::int64_t {
        auto p = seek(keys.begin);
        auto const end = seek_end(keys);
        auto total = std::int64_t{0};
        if (end.leaf < p.leaf || (end.leaf == p.leaf && end.slot <= p.slot)) return 0;
        while (p != end) {
            if (p.slot == 0 && p.leaf < end.leaf) {
                total += leaves_[p.leaf]->existing;
                p = {p.leaf + 1, 0};
            } else {
                total += exists(at(p)) ? 1 : 0;
                p = next(p);
            }
        }
        return total;
    }

private:
    static constexpr std::size_t capacity = 256;

    struct leaf_type {
        std::size_t size = 0;
        std::int64_t existing = 0;
        std::array<key_text<V>*, capacity> keys;
    };

    /// The leaf where `text` is or would be: the last one whose first key is not greater. There must be one.
    [[nodiscard]] auto leaf_for(std::string_view text) const -> std::size_t {
        if (leaves_.back()->keys[0]->view() <= text) return leaves_.size() - 1;
        auto const after =
            std::upper_bound(leaves_.begin(), leaves_.end(), text,
                             [](auto t, auto const& leaf) { return t < leaf->keys[0]->view(); });
        return after == leaves_.begin() ? 0 : static_cast<std::size_t>(after - leaves_.begin()) - 1;
    }
    static auto slot_for(leaf_type const& l, std::string_view text) -> std::size_t {
        if (l.size > 0 && l.keys[l.size - 1]->view() < text) return l.size;
        auto const* const first = l.keys.data();
        auto const* const found = std::lower_bound(first, first + l.size, text,
                                                   [](auto const* key, auto t) { return key->view() < t; });
        return static_cast<std::size_t>(found - first);
    }
    static auto recount(leaf_type& l) -> void {
        l.existing = std::count_if(l.keys.data(), l.keys.data() + l.size, [](auto const* key) {
            return key->newest != nullptr && key->newest->is_live();
        });
    }

    auto split(std::size_t leaf) -> void {
        if (leaves_.size() == leaves_.capacity()) leaves_.reserve(leaves_.size() * 2);
        auto right = std::make_unique<leaf_type>();
        auto& left = *leaves_[leaf];
        auto const half = left.size / 2;
        std::copy(left.keys.data() + half, left.keys.data() + left.size, right->keys.data());
        right->size = left.size - half;
        left.size = half;
        recount(left);
        recount(*right);
        leaves_.insert(leaves_.begin() + static_cast<std::ptrdiff_t>(leaf) + 1, std::move(right));
    }
    auto join(std::size_t leaf) -> void {
        auto& left = *leaves_[leaf];
        auto const& right = *leaves_[leaf + 1];
        std::copy(right.keys.data(), right.keys.data() + right.size, left.keys.data() + left.size);
        left.size += right.size;
        left.existing += right.existing;
        leaves_.erase(leaves_.begin() + static_cast<std::ptrdiff_t>(leaf) + 1);
    }

    std::vector<std::unique_ptr<leaf_type>> leaves_;
};

} // namespace berth::store::detail

#pragma once

/// \file
/// The best of many totals, kept while single ones change: a tree of blocks.

#include <berth/schedule/score.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace berth::schedule::detail {

/// The greatest total, how many have it, and the first of them. Who has no total is not-a-number.
struct best_total {
    points total = -std::numeric_limits<points>::infinity();
    std::uint32_t ties = 0;
    std::uint32_t first = 0;

    friend auto operator==(best_total const&, best_total const&) -> bool = default;
};

/// A tournament. It asks `leaf(begin, end)` for the best of `leaf_width` totals; an update costs one such
/// question and 16 comparisons on each level above, and ends early where the best of a block stays the same.
class best_tree {
public:
    static constexpr std::size_t width = 16;

    /// Of so many totals, all anew. Linear.
    template <class Leaf> auto build(std::size_t size, std::size_t leaf_width, Leaf leaf) -> void {
        shape(size, leaf_width);
        for (std::size_t b = 0; b < levels_[0].size(); ++b) levels_[0][b] = leaf(b * leaf_width_, end(b));
        for (std::size_t depth = 1; depth < levels_.size(); ++depth)
            for (std::size_t b = 0; b < levels_[depth].size(); ++b)
                levels_[depth][b] = best_block(levels_[depth - 1], b);
    }
    /// Of so many, of which nobody has a total.
    auto clear(std::size_t size, std::size_t leaf_width) -> void {
        shape(size, leaf_width);
        for (auto& l : levels_) l.assign(l.size(), best_total());
    }
    /// The `i`-th total has changed.
    template <class Leaf> auto update(std::size_t i, Leaf leaf) -> void {
        auto block = i / leaf_width_;
        auto now = leaf(block * leaf_width_, end(block));
        for (std::size_t depth = 0;;) {
            if (now == levels_[depth][block]) return;
            levels_[depth][block] = now;
            if (++depth == levels_.size()) return;
            block /= width;
            now = best_block(levels_[depth - 1], block);
        }
    }

    [[nodiscard]] auto best() const -> best_total const& { return levels_.back()[0]; }
    /// How many levels there are; the blocks of one, of which the lowest are of `leaf_width` totals.
    [[nodiscard]] auto depth() const -> std::size_t { return levels_.size(); }
    [[nodiscard]] auto level(std::size_t depth) const -> std::span<best_total const> {
        return levels_[depth];
    }
    [[nodiscard]] auto leaf_width() const -> std::size_t { return leaf_width_; }
    /// Where a lowest block ends.
    [[nodiscard]] auto end(std::size_t block) const -> std::size_t {
        auto const after = (block + 1) * leaf_width_;
        return after < size_ ? after : size_;
    }
    [[nodiscard]] auto bytes() const -> std::size_t {
        auto out = std::size_t{0};
        for (auto const& l : levels_) out += l.capacity() * sizeof(best_total);
        return out;
    }

private:
    static auto blocks(std::size_t n, std::size_t each) -> std::size_t {
        return n == 0 ? 1 : (n + each - 1) / each;
    }
    auto shape(std::size_t size, std::size_t leaf_width) -> void {
        size_ = size;
        leaf_width_ = leaf_width;
        auto depth = std::size_t{0};
        for (auto below = blocks(size, leaf_width_);; below = blocks(below, width)) {
            if (levels_.size() <= depth) levels_.emplace_back();
            levels_[depth++].resize(below);
            if (below == 1) break;
        }
        levels_.resize(depth);
    }
    static auto best_block(std::span<best_total const> below, std::size_t block) -> best_total {
        auto out = best_total();
        auto const after = (block + 1) * width < below.size() ? (block + 1) * width : below.size();
        for (auto b = block * width; b < after; ++b) {
            if (below[b].ties == 0 || below[b].total < out.total) continue;
            if (out.ties == 0 || below[b].total > out.total) out = below[b];
            else out.ties += below[b].ties;
        }
        return out;
    }

    std::size_t size_ = 0;
    std::size_t leaf_width_ = width;
    std::vector<std::vector<best_total>> levels_;
};

} // namespace berth::schedule::detail

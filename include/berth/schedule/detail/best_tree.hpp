#pragma once

/// \file
/// The best of many totals, kept while single ones change: a tree of blocks of 16.

#include <berth/schedule/score.hpp>

#include <array>
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

/// A tournament. An update costs 16 comparisons on each of log_16 n levels, and ends early where the best of
/// a block stays the same.
class best_tree {
public:
    /// All anew. Linear.
    auto build(std::span<points const> totals) -> void {
        auto below = totals.size();
        auto depth = std::size_t{0};
        do {
            below = blocks(below);
            if (levels_.size() <= depth) levels_.emplace_back();
            levels_[depth].resize(below);
            for (std::size_t b = 0; b < below; ++b) levels_[depth][b] = best_in(totals, depth, b);
            ++depth;
        } while (below > 1);
        levels_.resize(depth);
    }
    /// One total has changed.
    auto update(std::span<points const> totals, std::size_t i) -> void {
        for (std::size_t depth = 0; depth < levels_.size(); ++depth) {
            i /= width;
            auto const now = best_in(totals, depth, i);
            if (now == levels_[depth][i]) return;
            levels_[depth][i] = now;
        }
    }

    [[nodiscard]] auto best() const -> best_total { return levels_.back()[0]; }
    /// The `n`-th of those that have the best total, in their order.
    [[nodiscard]] auto nth(std::span<points const> totals, std::size_t n) const -> std::size_t {
        auto const wanted = best().total;
        auto block = std::size_t{0};
        for (auto depth = levels_.size() - 1; depth > 0; --depth) {
            auto child = block * width;
            for (auto const& below = levels_[depth - 1];; ++child) {
                auto const here = below[child].total == wanted ? below[child].ties : 0;
                if (n < here) break;
                n -= here;
            }
            block = child;
        }
        auto i = block * width;
        while (totals[i] != wanted || n-- > 0) ++i;
        return i;
    }
    /// All that have the best total, ascending, into `out`.
    auto list(std::span<points const> totals, std::vector<std::size_t>& out) const -> void {
        auto const wanted = best();
        out.clear();
        auto const& leaves = levels_.front();
        for (std::size_t b = 0; b < leaves.size() && out.size() < wanted.ties; ++b) {
            if (leaves[b].total != wanted.total) continue;
            for (auto i = b * width; i < end_of(totals.size(), b); ++i)
                if (totals[i] == wanted.total) out.push_back(i);
        }
    }
    [[nodiscard]] auto bytes() const -> std::size_t {
        auto out = std::size_t{0};
        for (auto const& l : levels_) out += l.capacity() * sizeof(best_total);
        return out;
    }

private:
    static constexpr std::size_t width = 16;

    static auto blocks(std::size_t n) -> std::size_t { return n == 0 ? 1 : (n + width - 1) / width; }
    static auto end_of(std::size_t n, std::size_t block) -> std::size_t {
        auto const end = (block + 1) * width;
        return end < n ? end : n;
    }
    [[nodiscard]] auto best_in(std::span<points const> totals, std::size_t depth, std::size_t block) const
        -> best_total {
        return depth == 0 ? best_leaf(totals, block) : best_block(levels_[depth - 1], block);
    }
    static auto best_leaf(std::span<points const> totals, std::size_t block) -> best_total {
        auto out = best_total();
        auto const begin = block * width;
        auto const end = end_of(totals.size(), block);
        out.total = greatest(totals.subspan(begin, end - begin));
        for (auto i = end; i-- > begin;) {
            auto const equal = totals[i] == out.total;
            out.ties += equal ? 1U : 0U;
            out.first = equal ? static_cast<std::uint32_t>(i) : out.first;
        }
        return out;
    }
    /// The greatest of some, by four rows that do not wait for each other.
    static auto greatest(std::span<points const> some) -> points {
        constexpr auto worst = -std::numeric_limits<points>::infinity();
        points best[4] = {worst, worst, worst, worst};
        auto const more = [](points a, points b) { return a > b ? a : b; };
        auto i = std::size_t{0};
        for (; i + 4 <= some.size(); i += 4)
            for (std::size_t k = 0; k < 4; ++k) best[k] = more(some[i + k], best[k]);
        for (; i < some.size(); ++i) best[0] = more(some[i], best[0]);
        return more(more(best[0], best[1]), more(best[2], best[3]));
    }
    static auto best_block(std::span<best_total const> below, std::size_t block) -> best_total {
        auto out = best_total();
        for (auto b = block * width; b < end_of(below.size(), block); ++b) {
            if (below[b].ties == 0 || below[b].total < out.total) continue;
            if (out.ties == 0 || below[b].total > out.total) out = below[b];
            else out.ties += below[b].ties;
        }
        return out;
    }

    std::vector<std::vector<best_total>> levels_;
};

} // namespace berth::schedule::detail

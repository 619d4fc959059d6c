#pragma once

/// \file
/// Totals of many nodes of which whole groups rise and fall together: each is a base of its own and what the
/// node's shade is worth.

#include <berth/schedule/detail/best_tree.hpp>
#include <berth/schedule/score.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace berth::schedule::detail {

/// A tournament for each shade, so that another worth of a shade costs the same whatever the number of its
/// nodes. A shade is known by a key, which says what makes it up. As long as all nodes have one shade, there
/// is one tournament.
class shaded_totals {
public:
    using shade = std::uint8_t;
    static constexpr std::size_t most_shades = 255;

    /// So many nodes without a total, and no shades.
    auto begin(std::size_t nodes) -> void {
        bases_.assign(nodes, no_total);
        shade_of_.clear();
        shades_.clear();
        built_ = false;
    }
    /// The bases, to be filled before `build`; not-a-number where there is no total.
    [[nodiscard]] auto bases() -> std::span<points> { return bases_; }
    /// The shade of a key; if there is none yet, one that is worth `worth()`. None, if there are too many.
    template <class Worth> auto shade_for(std::uint64_t key, Worth worth) -> std::optional<shade> {
        for (std::size_t s = 0; s < shades_.size(); ++s)
            if (shades_[s].key == key) return static_cast<shade>(s);
        auto const s = free_shade();
        if (s == most_shades) return std::nullopt;
        shades_[s].key = key;
        shades_[s].worth = worth();
        return static_cast<shade>(s);
    }
    /// Gives a node a shade before `build`.
    auto paint(std::size_t i, shade s) -> void {
        if (!shade_of_.empty()) shade_of_[i] = s;
    }
    /// Plays all tournaments anew. Linear.
    auto build() -> void {
        if (shades_.empty()) shades_.emplace_back();
        for (auto& one : shades_) one.nodes = 0;
        for (std::size_t i = 0; i < bases_.size(); ++i)
            if (has_total(i)) ++shades_[shade_at(i)].nodes;
        if (trees_.size() < shades_.size()) trees_.resize(shades_.size());
        for (std::size_t s = 0; s < shades_.size(); ++s)
            trees_[s].build(bases_.size(), leaf_width(), leaf_of(static_cast<shade>(s)));
        built_ = true;
    }

    /// A node has this total now.
    auto set(std::size_t i, points base, shade s) -> void {
        auto const before = shade_at(i);
        auto const had = has_total(i);
        bases_[i] = base;
        if (!shade_of_.empty()) shade_of_[i] = s;
        ++shades_[s].nodes;
        if (had) {
            --shades_[before].nodes;
            if (before != s) trees_[before].update(i, leaf_of(before));
        }
        trees_[s].update(i, leaf_of(s));
    }
    /// A node has none any more.
    auto remove(std::size_t i) -> void {
        if (!has_total(i)) return;
        auto const s = shade_at(i);
        bases_[i] = no_total;
        --shades_[s].nodes;
        trees_[s].update(i, leaf_of(s));
    }
    /// Asks `worth(key)` for what each shade is worth now.
    template <class Worth> auto weigh(Worth worth) -> void {
        for (auto& one : shades_) one.worth = worth(one.key);
    }

    [[nodiscard]] auto best() const -> best_total {
        auto out = best_total();
        for (std::size_t s = 0; s < shades_.size(); ++s) {
            auto mine = trees_[s].best();
            mine.total += shades_[s].worth;
            if (mine.ties == 0 || (out.ties > 0 && mine.total < out.total)) continue;
            if (out.ties == 0 || mine.total > out.total) {
                out = mine;
            } else {
                out.ties += mine.ties;
                out.first = std::min(out.first, mine.first);
            }
        }
        return out;
    }
    /// The `n`-th of those that have the best total, in their order.
    [[nodiscard]] auto nth(std::size_t n) const -> std::size_t {
        auto const wanted = best().total;
        auto block = std::size_t{0};
        for (auto depth = trees_[0].depth() - 1; depth > 0; --depth) {
            auto child = block * best_tree::width;
            for (;; ++child) {
                auto const here = count(wanted, depth - 1, child);
                if (n < here) break;
                n -= here;
            }
            block = child;
        }
        auto i = block * trees_[0].leaf_width();
        while (!has(wanted, i) || n-- > 0) ++i;
        return i;
    }
    /// All that have the best total, ascending, into `out`.
    auto list(std::vector<std::size_t>& out) const -> void {
        auto const wanted = best();
        out.clear();
        for (std::size_t b = 0; out.size() < wanted.ties; ++b) {
            if (count(wanted.total, 0, b) == 0) continue;
            for (auto i = b * trees_[0].leaf_width(); i < trees_[0].end(b); ++i)
                if (has(wanted.total, i)) out.push_back(i);
        }
    }
    [[nodiscard]] auto shades() const -> std::size_t { return shades_.size(); }
    [[nodiscard]] auto bytes() const -> std::size_t {
        auto out = bases_.capacity() * sizeof(points) + shade_of_.capacity() * sizeof(shade);
        for (auto const& t : trees_) out += t.bytes();
        return out;
    }

    static constexpr auto no_total = std::numeric_limits<points>::quiet_NaN();

private:
    struct one_shade {
        std::uint64_t key = 0;
        points worth = 0;
        std::uint32_t nodes = 0;
    };

    [[nodiscard]] auto has_total(std::size_t i) const -> bool { return bases_[i] == bases_[i]; }
    [[nodiscard]] auto shade_at(std::size_t i) const -> shade {
        return shade_of_.empty() ? shade{0} : shade_of_[i];
    }
    /// Where there are several shades, there are several trees, and each is smaller.
    [[nodiscard]] auto leaf_width() const -> std::size_t {
        return shade_of_.empty() ? best_tree::width : 4 * best_tree::width;
    }
    /// A shade that no node has; `most_shades` if there is none.
    auto free_shade() -> std::size_t {
        for (std::size_t s = 0; s < shades_.size() && built_; ++s)
            if (shades_[s].nodes == 0) return s;
        auto const s = shades_.size();
        if (s == most_shades) return s;
        shades_.emplace_back();
        if (s == 1) shade_of_.assign(bases_.size(), 0);
        if (!built_) return s;
        if (s == 1) {
            build();
        } else {
            if (trees_.size() == s) trees_.emplace_back();
            trees_[s].clear(bases_.size(), leaf_width());
        }
        return s;
    }
    [[nodiscard]] auto has(points total, std::size_t i) const -> bool {
        return bases_[i] + shades_[shade_at(i)].worth == total;
    }
    /// How many nodes of a block have a total that none is above.
    [[nodiscard]] auto count(points total, std::size_t depth, std::size_t block) const -> std::size_t {
        auto out = std::size_t{0};
        for (std::size_t s = 0; s < shades_.size(); ++s) {
            auto const& here = trees_[s].level(depth)[block];
            if (here.total + shades_[s].worth == total) out += here.ties;
        }
        return out;
    }

    /// The best of some nodes, as far as they have a shade.
    struct leaf {
        shaded_totals const* all;
        shade mine;

        auto operator()(std::size_t begin, std::size_t end) const -> best_total {
            auto const some = std::span(all->bases_).subspan(begin, end - begin);
            if (all->shade_of_.empty()) return best_of(some, begin);
            auto own = std::array<points, 4 * best_tree::width>();
            for (std::size_t k = 0; k < some.size(); ++k)
                own[k] = all->shade_of_[begin + k] == mine ? some[k] : no_total;
            return best_of(std::span<points const>(own).first(some.size()), begin);
        }
    };
    [[nodiscard]] auto leaf_of(shade s) const -> leaf { return {this, s}; }
    /// The best of some totals, the first of which is that of a node.
    static auto best_of(std::span<points const> some, std::size_t node) -> best_total {
        auto out = best_total();
        out.total = greatest(some);
        for (auto k = some.size(); k-- > 0;) {
            auto const equal = some[k] == out.total;
            out.ties += equal ? 1U : 0U;
            out.first = equal ? static_cast<std::uint32_t>(node + k) : out.first;
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

    std::vector<points> bases_;
    std::vector<shade> shade_of_; ///< by node; empty while there is one shade at most
    std::vector<one_shade> shades_;
    std::vector<best_tree> trees_; ///< by shade, and some that are kept for later
    bool built_ = false;
};

} // namespace berth::schedule::detail

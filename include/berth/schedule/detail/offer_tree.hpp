#pragma once

/// \file
/// The cheapest of the first offers of many nodes, kept while single ones change: a tree of blocks of 16.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace berth::schedule::detail {

/// What is known of the room on a node.
enum class prospect : std::uint8_t { unknown, none, harmful, harmless };

/// By node what is known of it, and what an offer costs. An update costs 16 looks on each of log_16 n levels,
/// and ends early where a block stays the same; each question as much.
template <class Cost> class offer_tree {
public:
    /// Nothing is known, of so many nodes. Linear.
    auto reset(std::size_t nodes) -> void {
        what_.assign(nodes, prospect::unknown);
        costs_.assign(nodes, Cost());
        build();
    }
    [[nodiscard]] auto at(std::size_t i) const -> prospect { return what_[i]; }
    auto put(std::size_t i, prospect what, Cost cost = {}) -> void {
        what_[i] = what;
        costs_[i] = std::move(cost);
        auto at = i;
        for (std::size_t depth = 0; depth < levels_.size(); ++depth) {
            at /= width;
            auto const now = sum(depth, at);
            // The best of a block may be the same node at another cost.
            if (now == levels_[depth][at] && now.best != i) return;
            levels_[depth][at] = now;
        }
    }

    /// The first node of which nothing is known, if there is one.
    [[nodiscard]] auto first_unknown() const -> std::optional<std::size_t> { return nth(&block::unknown, 1); }
    /// How many of the first nodes hold `enough` offers and a harmless one: all, if there are not so many.
    [[nodiscard]] auto reach(std::size_t enough) const -> std::size_t {
        auto const harmless = nth(&block::harmless, 1);
        if (!harmless) return what_.size();
        if (enough == 0) return *harmless + 1;
        auto const last = nth(&block::offers, enough);
        return last ? std::max(*last, *harmless) + 1 : what_.size();
    }
    /// The cheapest offer of the first `end` nodes, and the first of equals; if there is any.
    [[nodiscard]] auto best(std::size_t end) const -> std::optional<std::size_t> {
        auto best = none;
        auto begin = std::size_t{0};
        auto size = std::size_t{1};
        for (std::size_t depth = 0; depth < levels_.size(); ++depth) size *= width;
        for (auto depth = levels_.size(); depth-- > 0; size /= width) {
            if (end == what_.size() && depth + 1 == levels_.size()) return found(levels_[depth][0].best);
            for (; begin + size <= end; begin += size)
                best = cheaper(best, levels_[depth][begin / size].best);
        }
        for (; begin < end; ++begin) best = cheaper(best, candidate(begin));
        return found(best);
    }
    [[nodiscard]] auto bytes() const -> std::size_t {
        auto out = what_.capacity() * sizeof(prospect) + costs_.capacity() * sizeof(Cost);
        for (auto const& l : levels_) out += l.capacity() * sizeof(block);
        return out;
    }

private:
    static constexpr std::size_t width = 16;
    static constexpr auto none = static_cast<std::uint32_t>(-1);

    struct block {
        std::uint32_t unknown = 0;
        std::uint32_t offers = 0; ///< harmless ones too
        std::uint32_t harmless = 0;
        std::uint32_t best = none;

        friend auto operator==(block const&, block const&) -> bool = default;
    };

    static auto found(std::uint32_t best) -> std::optional<std::size_t> {
        return best == none ? std::nullopt : std::optional<std::size_t>(best);
    }
    static auto is_offer(prospect p) -> bool { return p == prospect::harmful || p == prospect::harmless; }
    [[nodiscard]] auto candidate(std::size_t i) const -> std::uint32_t {
        return is_offer(what_[i]) ? static_cast<std::uint32_t>(i) : none;
    }
    /// Of two nodes, the first before the second.
    [[nodiscard]] auto cheaper(std::uint32_t a, std::uint32_t b) const -> std::uint32_t {
        if (a == none || b == none) return a == none ? b : a;
        return costs_[b] < costs_[a] ? b : a;
    }
    auto build() -> void {
        auto below = what_.size();
        auto depth = std::size_t{0};
        do {
            below = below == 0 ? 1 : (below + width - 1) / width;
            if (levels_.size() <= depth) levels_.emplace_back();
            levels_[depth].resize(below);
            for (std::size_t b = 0; b < below; ++b) levels_[depth][b] = sum(depth, b);
            ++depth;
        } while (below > 1);
        levels_.resize(depth);
    }
    [[nodiscard]] auto sum(std::size_t depth, std::size_t at) const -> block {
        auto out = block();
        auto const end = [&](std::size_t size) { return std::min((at + 1) * width, size); };
        if (depth > 0) {
            auto const& below = levels_[depth - 1];
            for (auto b = at * width; b < end(below.size()); ++b) add(out, below[b]);
        } else {
            for (auto i = at * width; i < end(what_.size()); ++i) add(out, leaf(i));
        }
        return out;
    }
    auto add(block& out, block const& more) const -> void {
        out.unknown += more.unknown;
        out.offers += more.offers;
        out.harmless += more.harmless;
        out.best = cheaper(out.best, more.best);
    }
    /// The `n`-th node of those that a member counts, from one.
    [[nodiscard]] auto nth(std::uint32_t block::* what, std::size_t n) const -> std::optional<std::size_t> {
        if (levels_.empty() || levels_.back()[0].*what < n) return std::nullopt;
        auto at = std::size_t{0};
        for (auto depth = levels_.size() - 1; depth > 0; --depth) {
            at *= width;
            for (; levels_[depth - 1][at].*what < n; ++at) n -= levels_[depth - 1][at].*what;
        }
        for (auto i = at * width;; ++i) {
            n -= leaf(i).*what;
            if (n == 0) return i;
        }
    }
    [[nodiscard]] auto leaf(std::size_t i) const -> block {
        return {what_[i] == prospect::unknown ? 1U : 0U, is_offer(what_[i]) ? 1U : 0U,
                what_[i] == prospect::harmless ? 1U : 0U, candidate(i)};
    }

    std::vector<prospect> what_;
    std::vector<Cost> costs_;
    std::vector<std::vector<block>> levels_;
};

} // namespace berth::schedule::detail

#pragma once

/// \file
/// Ordered trees of slot numbers that know the least measures below each of their branches, so that the first
/// in order whose measures are small enough is found without looking at those before it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace berth::detail {

/// More than any amount that is counted.
inline constexpr auto never = std::int64_t{1} << 62;

/// Any number of trees over one range of slots, each named by its root (`none` when it is empty). Treaps
/// (Seidel and Aragon, 1996) whose priorities are hashes of the slots: the same calls make the same trees.
/// Changes are logarithmic in the expected case; memory is kept for as many slots as there ever were.
template <std::size_t Measures> class least_tree {
public:
    using slot = std::uint32_t;
    using measures = std::array<std::int64_t, Measures>;

    static constexpr auto none = static_cast<slot>(-1);

    [[nodiscard]] static constexpr auto nothing() -> measures {
        auto out = measures{};
        out.fill(never);
        return out;
    }
    [[nodiscard]] static constexpr auto least_of(measures a, measures const& b) -> measures {
        for (std::size_t i = 0; i < Measures; ++i) a[i] = b[i] < a[i] ? b[i] : a[i];
        return a;
    }

    /// A slot comes into the tree of `root`; `before(a, b)` is the strict order of slots.
    template <class Before> auto insert(slot& root, slot s, measures const& own, Before before) -> void {
        if (s >= nodes_.size()) nodes_.resize(s + std::size_t{1});
        auto parent = none;
        auto to_left = false;
        for (auto at = root; at != none; at = to_left ? nodes_[at].left : nodes_[at].right) {
            parent = at;
            to_left = before(s, at);
        }
        nodes_[s] = {.parent = parent, .inside = true, .own = own, .least = own};
        if (parent == none) root = s;
        else if (to_left) nodes_[parent].left = s;
        else nodes_[parent].right = s;
        while (nodes_[s].parent != none && priority(s) > priority(nodes_[s].parent)) lift(root, s);
        pull_up(s);
    }
    auto erase(slot& root, slot s) -> void {
        auto& n = nodes_[s];
        while (n.left != none || n.right != none) {
            auto const left_wins =
                n.right == none || (n.left != none && priority(n.left) > priority(n.right));
            lift(root, left_wins ? n.left : n.right);
        }
        link(root, n.parent, s, none);
        n.inside = false;
        pull_up(n.parent);
    }
    /// A slot keeps its place in the order and has other measures.
    auto update(slot s, measures const& own) -> void {
        nodes_[s].own = own;
        pull_up(s);
    }

    [[nodiscard]] auto contains(slot s) const -> bool { return s < nodes_.size() && nodes_[s].inside; }
    [[nodiscard]] auto measures_of(slot s) const -> measures const& { return nodes_[s].own; }
    /// The least of each measure in a tree; `never` in an empty one.
    [[nodiscard]] auto least(slot root) const -> measures {
        return root == none ? nothing() : nodes_[root].least;
    }
    /// The first in order for whose measures `small_enough` is true, and which `take` takes. What is true of
    /// measures must be true of lesser ones. Branches whose least measures are too great are not looked at:
    /// if one measure decides, the cost is logarithmic; if several do, a branch may be looked at in vain.
    template <class SmallEnough, class Take>
    [[nodiscard]] auto first(slot root, SmallEnough const& small_enough, Take const& take) const -> slot {
        if (root == none || !small_enough(nodes_[root].least)) return none;
        auto const& n = nodes_[root];
        if (auto const found = first(n.left, small_enough, take); found != none) return found;
        if (small_enough(n.own) && take(root)) return root;
        return first(n.right, small_enough, take);
    }
    /// The first in order of which `early` is not true; it is true of a beginning of the order.
    template <class Early> [[nodiscard]] auto first_after(slot root, Early early) const -> slot {
        auto found = none;
        while (root != none) {
            if (early(root)) {
                root = nodes_[root].right;
            } else {
                found = root;
                root = nodes_[root].left;
            }
        }
        return found;
    }

private:
    struct node {
        slot left = none;
        slot right = none;
        slot parent = none;
        bool inside = false;
        measures own{};
        measures least{};
    };

    [[nodiscard]] static constexpr auto priority(slot s) -> std::uint64_t {
        auto z = (s + std::uint64_t{1}) * 0x9e3779b97f4a7c15U;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    auto pull(slot s) -> void {
        auto& n = nodes_[s];
        n.least = n.own;
        if (n.left != none) n.least = least_of(n.least, nodes_[n.left].least);
        if (n.right != none) n.least = least_of(n.least, nodes_[n.right].least);
    }
    auto pull_up(slot s) -> void {
        for (; s != none; s = nodes_[s].parent) pull(s);
    }
    /// `child` takes the place of `old` below `parent`.
    auto link(slot& root, slot parent, slot old, slot child) -> void {
        if (parent == none) root = child;
        else if (nodes_[parent].left == old) nodes_[parent].left = child;
        else nodes_[parent].right = child;
        if (child != none) nodes_[child].parent = parent;
    }
    /// A rotation: `s` goes above its parent.
    auto lift(slot& root, slot s) -> void {
        auto const down = nodes_[s].parent;
        link(root, nodes_[down].parent, down, s);
        auto const is_left = nodes_[down].left == s;
        auto const moves = is_left ? nodes_[s].right : nodes_[s].left;
        (is_left ? nodes_[down].left : nodes_[down].right) = moves;
        if (moves != none) nodes_[moves].parent = down;
        (is_left ? nodes_[s].right : nodes_[s].left) = down;
        nodes_[down].parent = s;
        pull(down);
        pull(s);
    }

    std::vector<node> nodes_;
};

} // namespace berth::detail

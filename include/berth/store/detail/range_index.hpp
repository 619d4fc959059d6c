#pragma once

/// \file
/// Values by the range of keys that they belong to, found by a key: single keys behind a filter, ranges in an
/// interval tree.

#include <berth/store/detail/key_filter.hpp>
#include <berth/store/key_range.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store::detail {

/// Equal ranges share a node, of which any number of values hang. Not synchronized.
///
/// The tree is a treap in the order of the ranges' beginnings, in which each node knows the greatest end
/// below it (Cormen et al., *Introduction to Algorithms*, chapter 14.3; Seidel and Aragon, *Randomized search
/// trees*, 1996). To find a key costs expected logarithmic time in the number of different ranges, and as
/// much again for each that holds it.
template <class T> class range_index {
    struct group;

public:
    /// A value and its place; stays where it is until it is erased.
    struct entry {
        T value;
        group* in = nullptr;
        std::size_t place = 0;
    };

    auto insert(key_range keys, T value) -> entry& {
        auto& in = group_of(keys);
        in.entries.push_back(std::make_unique<entry>(entry{std::move(value), &in, in.entries.size()}));
        return *in.entries.back();
    }

    /// Takes a value out. Constant in the number of those that share its range.
    auto erase(entry& gone) -> T {
        auto& in = *gone.in;
        auto value = std::move(gone.value);
        auto const place = gone.place;
        std::swap(in.entries[place], in.entries.back());
        in.entries[place]->place = place;
        in.entries.pop_back();
        if (!in.entries.empty()) return value;
        if (in.range().is_single()) remove_single(in);
        else root_ = without(std::move(root_), in);
        return value;
    }

    /// Calls `visit(value)` for all whose range holds the key.
    template <class Visit> auto visit_key(std::string_view key, Visit visit) const -> void {
        if (filter_.may_have(key)) {
            if (auto const found = singles_.find(key); found != singles_.end()) found->second->each(visit);
        }
        if (root_ != nullptr) visit_below(root_.get(), {key, {}}, visit);
    }

    /// Calls `visit(value)` for all whose range has a key in common with `keys`. Linear in the single keys.
    template <class Visit> auto visit_range(key_range keys, Visit visit) const -> void {
        if (keys.is_single()) return visit_key(keys.begin, visit);
        for (auto const& [key, in] : singles_) {
            if (keys.contains(key)) in->each(visit);
        }
        if (root_ != nullptr) visit_below(root_.get(), keys, visit);
    }

private:
    struct group {
        std::string begin;
        std::string end;
        std::vector<std::unique_ptr<entry>> entries{};
        // as a node of the tree
        std::uint32_t priority = 0;
        std::string_view greatest{}; ///< of the ends below, itself included
        std::unique_ptr<group> left{};
        std::unique_ptr<group> right{};

        [[nodiscard]] auto range() const -> key_range { return {begin, end}; }
        template <class Visit> auto each(Visit& visit) const -> void {
            for (auto const& e : entries) visit(e->value);
        }
        auto settle() -> void {
            greatest = end;
            for (auto const* side : {left.get(), right.get()})
                if (side != nullptr && ends_before(greatest, side->greatest)) greatest = side->greatest;
        }
    };
    using node = std::unique_ptr<group>;

    [[nodiscard]] static auto ends_before(std::string_view a, std::string_view b) -> bool {
        if (b == unbounded) return a != unbounded;
        return a != unbounded && a < b;
    }
    [[nodiscard]] static auto comes_before(key_range a, key_range b) -> bool {
        return a.begin != b.begin ? a.begin < b.begin : ends_before(a.end, b.end);
    }

    auto group_of(key_range keys) -> group& {
        if (keys.is_single()) {
            auto& in = singles_[std::string{keys.begin}];
            if (in != nullptr) return *in;
            in = std::make_unique<group>(group{.begin = std::string{keys.begin}, .end{}});
            filter_.add(keys.begin);
            return *in;
        }
        for (auto* n = root_.get(); n != nullptr;) {
            if (comes_before(keys, n->range())) n = n->left.get();
            else if (comes_before(n->range(), keys)) n = n->right.get();
            else return *n;
        }
        auto made =
            std::make_unique<group>(group{.begin = std::string{keys.begin}, .end = std::string{keys.end}});
        made->priority = draw();
        made->settle();
        auto& out = *made;
        root_ = with(std::move(root_), std::move(made));
        return out;
    }

    auto remove_single(group const& in) -> void {
        filter_.remove(in.begin);
        singles_.erase(singles_.find(in.begin));
    }

    [[nodiscard]] static auto with(node tree, node made) -> node {
        if (tree == nullptr) return made;
        if (made->priority > tree->priority) {
            auto [before, after] = split(std::move(tree), made->range());
            made->left = std::move(before);
            made->right = std::move(after);
            made->settle();
            return made;
        }
        auto& side = comes_before(made->range(), tree->range()) ? tree->left : tree->right;
        side = with(std::move(side), std::move(made));
        tree->settle();
        return tree;
    }
    [[nodiscard]] static auto split(node tree, key_range at) -> std::pair<node, node> {
        if (tree == nullptr) return {};
        auto const is_after = comes_before(at, tree->range());
        auto& side = is_after ? tree->left : tree->right;
        auto [before, after] = split(std::move(side), at);
        side = is_after ? std::move(after) : std::move(before);
        tree->settle();
        if (is_after) return {std::move(before), std::move(tree)};
        return {std::move(tree), std::move(after)};
    }
    [[nodiscard]] static auto without(node tree, group const& gone) -> node {
        if (tree.get() == &gone) return joined(std::move(tree->left), std::move(tree->right));
        auto& side = comes_before(gone.range(), tree->range()) ? tree->left : tree->right;
        side = without(std::move(side), gone);
        tree->settle();
        return tree;
    }
    [[nodiscard]] static auto joined(node before, node after) -> node {
        if (before == nullptr) return after;
        if (after == nullptr) return before;
        if (before->priority > after->priority) {
            before->right = joined(std::move(before->right), std::move(after));
            before->settle();
            return before;
        }
        after->left = joined(std::move(before), std::move(after->left));
        after->settle();
        return after;
    }

    /// `keys` is a single key or a range.
    template <class Visit> static auto visit_below(group const* n, key_range keys, Visit& visit) -> void {
        for (; n != nullptr; n = n->right.get()) {
            if (key_range{{}, n->greatest}.is_past(keys.begin)) return;
            visit_below(n->left.get(), keys, visit);
            if (keys.is_past(n->begin)) return;
            if (!n->range().is_past(keys.begin)) n->each(visit);
        }
    }

    /// Priorities need no quality: xorshift32 (Marsaglia 2003).
    auto draw() -> std::uint32_t {
        drawn_ ^= drawn_ << 13U;
        drawn_ ^= drawn_ >> 17U;
        return drawn_ ^= drawn_ << 5U;
    }

    key_filter filter_; ///< of the single keys
    std::map<std::string, node, std::less<>> singles_;
    node root_;
    std::uint32_t drawn_ = 2'463'534'242U;
};

} // namespace berth::store::detail

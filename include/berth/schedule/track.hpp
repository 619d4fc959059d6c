#pragma once

/// \file
/// Trackers: how a leaf that surveys all nodes answers again without surveying them again.
///
/// A leaf that counts over all nodes (a spread over zones, an aversion to one's own kind within a rack) may
/// have a member `track(task, std::span<node const>) -> tracker`. A `placer` keeps the tracker for as long as
/// tasks like this one come, and tells it of every task that enters or leaves a node. The tracker keeps its
/// counts, and says of which nodes the answer may be another one now:
/// ```cpp
/// struct tracker {
///     auto accepts(std::size_t node) const -> bool;     // of a filter
///     auto points_of(std::size_t node) const -> points; // of a score, before it is normalised
///     // Of a score: whether it has a column. Of a filter, if it likes, and if its leaf prepares an
///     // optional: whether it would have a state. Room is made faster where no filter takes part.
///     auto takes_part() const -> bool;
///     // `sign` is 1 for a task that is on the node now, -1 for one that was; `nodes` are those after it.
///     auto entered(task const& other, std::size_t node, std::span<node const> nodes, int sign,
///                  stale_nodes& stale) -> void;
///     // Of a score, if it likes: the points of all nodes at once.
///     auto fill(std::span<points> all) const -> void;
///     // Of a score that is normalised by extremes, if it likes: how many colours there are now; nodes of
///     // one colour have the same points. None: each node has its own. A node may have another colour
///     // when a task has entered or left it, or when their number changes; then a node is stale.
///     auto colours() const -> std::size_t;
///     auto colour_of(std::size_t node) const -> std::size_t;
///     auto points_of_colour(std::size_t colour) const -> points;
///     // Of a score that depends on which nodes pass the filter: one more does, or one less.
///     auto joined(std::size_t node, stale_nodes& stale) -> void;
///     auto left(std::size_t node, stale_nodes& stale) -> void;
/// };
/// ```
/// Its law (`laws/placer.hpp`): the same answers as those of the leaf prepared anew. What else changes of the
/// nodes makes the tracker be made anew. A score that begins or ceases to take part says that all nodes are
/// stale.

#include <berth/schedule/column.hpp>
#include <berth/schedule/facet.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace berth::schedule {

/// Nodes of which an answer is no longer known: some, or all.
class stale_nodes {
public:
    /// This node. More than a part of all nodes are all of them.
    auto node(std::size_t i) -> void {
        if (all_) return;
        if (nodes_.size() >= limit_) return all();
        nodes_.push_back(static_cast<std::uint32_t>(i));
    }
    /// These nodes.
    auto nodes(std::span<std::uint32_t const> which) -> void {
        if (which.size() + nodes_.size() > limit_) return all();
        for (auto const i : which) node(i);
    }
    auto all() -> void {
        all_ = true;
        nodes_.clear();
    }

    /// Nothing is stale, among so many nodes.
    auto reset(std::size_t nodes) -> void {
        all_ = false;
        nodes_.clear();
        limit_ = nodes / 16 + 16;
        nodes_.reserve(limit_);
    }
    [[nodiscard]] auto are_all() const -> bool { return all_; }
    [[nodiscard]] auto some() const -> std::span<std::uint32_t const> { return nodes_; }
    [[nodiscard]] auto empty() const -> bool { return !all_ && nodes_.empty(); }

private:
    std::vector<std::uint32_t> nodes_;
    std::size_t limit_ = 16;
    bool all_ = false;
};

namespace detail {

struct no_tracker {};

template <class L, class Task, class Node>
concept tracks =
    requires(L const& leaf, Task const& task, std::span<Node const> nodes) { leaf.track(task, nodes); };
template <class L, class Task, class Node> struct tracker_of_leaf {
    using type = no_tracker;
};
template <class L, class Task, class Node>
    requires tracks<L, Task, Node>
struct tracker_of_leaf<L, Task, Node> {
    using type = decltype(std::declval<L const&>().track(std::declval<Task const&>(),
                                                         std::declval<std::span<Node const>>()));
};
template <class L, class Task, class Node> using tracker_of = typename tracker_of_leaf<L, Task, Node>::type;

template <class T, class Task, class Node>
concept hears_entries = requires(T& t, Task const& other, std::span<Node const> nodes, stale_nodes& stale) {
    t.entered(other, std::size_t{}, nodes, int{}, stale);
};
template <class T, class Task, class Node>
concept filter_tracker = hears_entries<T, Task, Node> && requires(T const& t) {
    { t.accepts(std::size_t{}) } -> std::same_as<bool>;
};
template <class T, class Task, class Node>
concept score_tracker = hears_entries<T, Task, Node> && requires(T const& t) {
    { t.points_of(std::size_t{}) } -> std::convertible_to<points>;
    { t.takes_part() } -> std::same_as<bool>;
};
template <class T>
concept hears_survivors = requires(T& t, stale_nodes& stale) {
    t.joined(std::size_t{}, stale);
    t.left(std::size_t{}, stale);
};

/// Whether a leaf surveys what entering a node changes; `Touched` is `undeclared` or what is declared of it.
template <class Touched, class Surveys> inline constexpr bool surveys_touched = true;
template <auto... T, auto... S>
inline constexpr bool surveys_touched<reads<T...>, surveys<S...>> =
    (facet_list<facet_constant<T>...>::template has<facet_constant<S>> || ...);

} // namespace detail
} // namespace berth::schedule

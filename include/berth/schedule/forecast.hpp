#pragma once

/// \file
/// What would become of tasks, tried out on a copy of the nodes: how many more of one kind fit
/// (`how_many_fit`), and where those of one node would go if they had to leave it (`relocate`). Nothing is
/// changed but the copy.

#include <berth/schedule/check.hpp>
#include <berth/schedule/place.hpp>
#include <berth/schedule/placer.hpp>
#include <berth/schedule/policies.hpp>

#include <concepts>
#include <cstddef>
#include <expected>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule {

/// As many as there is room for.
inline constexpr auto unlimited = std::numeric_limits<std::size_t>::max();

/// Where equal tasks would go, one after the other.
struct fitting {
    std::vector<std::size_t> nodes; ///< of each task that has a place, in the order of placing
    std::optional<refusal> no_more; ///< why the next one has none; nothing if all that were wanted have one

    /// How many go to each of so many nodes.
    [[nodiscard]] auto by_node(std::size_t count) const -> std::vector<std::size_t> {
        auto out = std::vector<std::size_t>(count);
        for (auto const n : nodes) ++out[n];
        return out;
    }
};

/// Where one task would go.
struct relocation {
    std::size_t task = 0; ///< index into the tasks that were given
    std::expected<placement, refusal> where;
};

namespace detail {

/// Keeps all tasks off one node of a row.
template <class Node> struct elsewhere : is_filter {
    static constexpr std::string_view name = "elsewhere";
    using reads = schedule::reads<>;
    Node const* left;

    template <class Task> constexpr auto operator()(Task const&, Node const& n) const -> verdict {
        if (&n == left) return rule_out("being left");
        return accept;
    }
};

/// A profile as far as it decides, for all nodes but one.
template <class P, class Node> auto profile_elsewhere(P const& p, Node const& left) {
    return profile{.name = p.name,
                   .prepare = p.prepare,
                   .filter = elsewhere<Node>{{}, &left} and p.filter,
                   .score = p.score,
                   .tie = p.tie};
}

/// Enters a task by the profile's own books.
template <class P> struct by_reserve {
    P const* profile;

    template <class Task, class Node> auto operator()(Task const& task, Node& node, std::size_t) const
        -> void {
        static_cast<void>(profile->reserve(task, node));
    }
};

/// Decides for one task again and again: by a placer, where tasks can be compared, as it asks.
template <class Touched, class Task, class Node, class P, class Enter>
auto how_many_fit(Task const& task, std::vector<Node> nodes, P const& p, std::size_t most, Enter enter)
    -> fitting {
    auto out = fitting{};
    auto const put = [&](std::size_t where) {
        enter(task, nodes[where], out.nodes.size());
        out.nodes.push_back(where);
    };
    if constexpr (std::equality_comparable<class_key<Task>>) {
        auto placer = schedule::placer<Task, Node, P, Touched>(p);
        while (out.nodes.size() < most) {
            auto const where = placer.place(task, nodes);
            if (!where) {
                out.no_more = placer.why_not(task, nodes);
                break;
            }
            put(where->node);
            placer.entered(task, where->node, nodes);
        }
    } else {
        auto work = workspace{};
        while (out.nodes.size() < most) {
            auto where = detail::place(task, std::span<Node const>(nodes), p, work);
            if (!where) {
                out.no_more = std::move(where.error());
                break;
            }
            put(where->node);
        }
    }
    return out;
}

/// All tasks are of one profile.
struct first_lane {
    template <class Task> constexpr auto operator()(Task const&) const -> std::size_t { return 0; }
};

/// Indices of the tasks in the profile's order, equals as they were given.
template <class Task, class P> auto in_order(std::vector<Task> const& tasks, P const& p) {
    auto out = std::vector<std::size_t>{};
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        auto at = out.end();
        while (at != out.begin() && p.order(tasks[i], tasks[*std::prev(at)])) --at;
        out.insert(at, i);
    }
    return out;
}

} // namespace detail

/// Places up to `most` tasks like this one, each where the profile puts it with the ones before in place, and
/// tells where, and why there is no room for more. `enter(task, node&, i)` enters the `i`-th of them into a
/// node of the copy. Each costs one decision of a `placer`; or one placement, where tasks cannot be compared.
/// `Touched` is what entering changes of a node, see `placer`.
template <class Touched = detail::undeclared, class Task, class Node, class Profile, class Enter>
[[nodiscard]] auto how_many_fit(Task const& task, std::vector<Node> nodes, Profile const& profile,
                                std::size_t most, Enter enter) -> fitting {
    constexpr auto good = detail::check_profile<Profile, Task, Node>();
    if constexpr (good)
        return detail::how_many_fit<Touched>(task, std::move(nodes), profile, most, std::move(enter));
    else return {};
}

/// The same by the books of the profile: its `.reserve`.
template <class Task, class Node, class Profile>
[[nodiscard]] auto how_many_fit(Task const& task, std::vector<Node> nodes, Profile const& profile,
                                std::size_t most = unlimited) -> fitting {
    constexpr auto keeps_books = !std::is_same_v<decltype(Profile::reserve), defaults::no_books>;
    static_assert(keeps_books,
                  "how_many_fit: the profile keeps no books, so there would be room for ever: give it a "
                  ".reserve, or say how a task is entered into a node");
    if constexpr (keeps_books)
        return schedule::how_many_fit(task, std::move(nodes), profile, most,
                                      detail::by_reserve<Profile>{&profile});
    else return {};
}

/// Takes tasks off a node, one after the other in the profile's order (`.order`, equals as given), and puts
/// each where the profile places it on the other nodes. `leave(task, node&)` takes one out of the books of a
/// node, `enter(task, node&)` enters it. One without a place stays where it was. Answers in the order in
/// which they went; `nodes` are then as they would be. Where there are several profiles (`policies`,
/// `policy_list`), `lane_of(task)` is the place of a task's own, and the order is that of the first one.
template <class Task, class Node, class Profile, class Leave, class Enter, class LaneOf = detail::first_lane>
[[nodiscard]] auto relocate(std::vector<Task> const& tasks, std::vector<Node>& nodes, std::size_t from,
                            Profile const& profile, Leave leave, Enter enter, LaneOf lane_of = {})
    -> std::vector<relocation> {
    using lanes = detail::policies_of<Profile>;
    auto out = std::vector<relocation>{};
    constexpr auto good = lanes::template check<Task, Node>();
    if constexpr (good) {
        auto work = workspace{};
        for (auto const i : detail::in_order(tasks, lanes::first_of(profile))) {
            leave(tasks[i], nodes[from]);
            auto where = lanes::with(profile, lane_of(tasks[i]), [&](auto const& own) {
                return detail::place(tasks[i], std::span<Node const>(nodes),
                                     detail::profile_elsewhere(own, nodes[from]), work);
            });
            enter(tasks[i], nodes[where ? where->node : from]);
            out.push_back({i, std::move(where)});
        }
    }
    return out;
}

} // namespace berth::schedule

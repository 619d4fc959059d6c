#pragma once

/// \file
/// Decisions measured: a profile and a workload give decisions a second, their latency and what they
/// allocate, for any types of task and node.
///
/// ```cpp
/// auto const load = bench::workload{.nodes = hosts, .tasks = jobs};
/// auto const mine = bench::measure(policy, load);                                // with a placer's memory
/// auto const cold = bench::measure(policy, load, {.remember = false});           // `place`, each time anew
/// mine.answers == cold.answers;                                                  // the same decisions
/// ```

#include <berth/bench/arrivals.hpp>
#include <berth/bench/stopwatch.hpp>
#include <berth/schedule/placer.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::bench {

/// The books that a profile keeps itself: by `.reserve` and `.release`.
struct books_of_the_profile {};

/// Who is to be placed where. `Books` says how a task enters and leaves a node, where the profile does not:
/// `enter(task, node&)`, `leave(task, node&)`; and if tasks are handles, `view(task)`, which is what the
/// profile sees of them. `Books::touches` is what that changes of a node (`schedule::reads<...>`).
template <class Node, class Task, class Books = books_of_the_profile> struct workload {
    std::vector<Node> nodes;
    std::vector<Task> tasks;
    /// Who comes and leaves in what order (`events_of`); if empty, all come one after another, and stay.
    std::vector<event> events{};
    Books books{};
};

/// How a workload is played.
struct decision_effort {
    bool remember = true;   ///< by a `placer`; else by `place`
    std::size_t rounds = 3; ///< so often, each from the beginning
    std::size_t before =
        1; ///< so often before that, unmeasured; where tasks cannot leave, that helps nothing
};

namespace detail {

template <class Books, class Task> auto view(Books const& books, Task const& task) -> auto const& {
    if constexpr (requires { books.view(task); }) return books.view(task);
    else return task;
}
template <class Books, class Profile, class Task, class Node>
auto enter(Books const& books, Profile const& profile, Task const& task, Node& node) -> void {
    if constexpr (requires { books.enter(task, node); }) books.enter(task, node);
    else profile.reserve(task, node);
}
template <class Books, class Profile, class Task, class Node>
auto leave(Books const& books, Profile const& profile, Task const& task, Node& node) -> void {
    if constexpr (requires { books.leave(task, node); }) books.leave(task, node);
    else profile.release(task, node);
}
/// Whether tasks can leave again.
template <class Books, class Profile>
inline constexpr bool can_leave =
    !std::is_same_v<Books, books_of_the_profile> ||
    !std::is_same_v<decltype(Profile::release), schedule::defaults::no_books_to_mend>;

template <class Books> struct touched_by {
    using type = schedule::detail::undeclared;
};
template <class Books>
    requires requires { typename Books::touches; }
struct touched_by<Books> {
    using type = typename Books::touches;
};

/// Plays a workload for one profile.
template <class Profile, class Node, class Task, class Books> class play {
    using seen = std::remove_cvref_t<decltype(detail::view(std::declval<Books const&>(),
                                                           std::declval<Task const&>()))>;
    using memory = schedule::placer<seen, Node, Profile, typename touched_by<Books>::type>;
    static constexpr auto nowhere = std::numeric_limits<std::size_t>::max();

public:
    play(Profile const& profile, workload<Node, Task, Books> const& load, bool remember)
        : profile_(&profile),
          load_(&load),
          remember_(remember),
          nodes_(load.nodes),
          where_(load.tasks.size(), nowhere),
          memory_(profile) {}

    /// All events once; afterwards everything is as it was before.
    auto round(stopwatch& watch) -> void {
        watch.start();
        if (load_->events.empty())
            for (std::size_t i = 0; i < load_->tasks.size(); ++i) come(i, watch);
        else
            for (auto const& e : load_->events) {
                if (!e.leaves) {
                    come(e.task, watch);
                    continue;
                }
                watch.pause();
                go(e.task);
                watch.start();
            }
        watch.pause();
        begin_again();
    }

private:
    auto come(std::size_t i, stopwatch& watch) -> void {
        auto const& task = load_->tasks[i];
        auto const at = decide(detail::view(load_->books, task));
        if (at != nowhere) {
            detail::enter(load_->books, *profile_, task, nodes_[at]);
            if (remember_) memory_.entered(detail::view(load_->books, task), at, nodes_);
        }
        where_[i] = at;
        watch.lap(at != nowhere, at);
    }
    auto decide(seen const& task) -> std::size_t {
        if (remember_) {
            auto const found = memory_.place(task, nodes_);
            return found ? found->node : nowhere;
        }
        auto const found = schedule::place(task, nodes_, *profile_, work_);
        return found ? found->node : nowhere;
    }
    auto go(std::size_t i) -> void {
        auto const at = std::exchange(where_[i], nowhere);
        if (at == nowhere) return;
        detail::leave(load_->books, *profile_, load_->tasks[i], nodes_[at]);
        if (remember_) memory_.left(detail::view(load_->books, load_->tasks[i]), at, nodes_);
    }
    auto begin_again() -> void {
        if constexpr (can_leave<Books, Profile>) {
            for (auto i = where_.size(); i-- > 0;) go(i);
        } else {
            nodes_ = load_->nodes;
            where_.assign(where_.size(), nowhere);
            memory_.forget();
        }
    }

    Profile const* profile_;
    workload<Node, Task, Books> const* load_;
    bool remember_;
    std::vector<Node> nodes_;
    std::vector<std::size_t> where_;
    memory memory_;
    schedule::workspace work_;
};

} // namespace detail

/// Has a profile decide for the tasks of a workload, each with all earlier ones in place. An operation is one
/// decision and the entry into the node's books; it succeeds if there is a place, and answers its index.
/// `answers` and `allocations` are those of all measured rounds.
template <class Profile, class Node, class Task, class Books>
[[nodiscard]] auto measure(Profile const& profile, workload<Node, Task, Books> const& load,
                           decision_effort how = {}) -> figures {
    auto play = detail::play<Profile, Node, Task, Books>(profile, load, how.remember);
    auto unread = stopwatch();
    for (std::size_t i = 0; i < how.before; ++i) play.round(unread);
    auto watch = stopwatch();
    for (std::size_t i = 0; i < how.rounds; ++i) play.round(watch);
    return watch.read();
}

} // namespace berth::bench

#pragma once

/// \file
/// The placer: the same decision as `place`, made incrementally. For each class of equal tasks it remembers
/// who accepts and what each leaf gives, and looks again only at what has changed.
///
/// ```cpp
/// auto placer = schedule::placer_of<job, host>(policy);
/// auto const where = placer.place(job, hosts);          // as schedule::place(job, hosts, policy)
/// policy.reserve(job, hosts[where->node]);              // the job is on the host now
/// placer.entered(job, where->node, hosts);              // and the placer hears of it
/// ```
/// **Law** (`laws/placer.hpp`): `place` answers as `schedule::place` does, ties included, and `decide` as
/// a cycle that remembers nothing, refusals, room and victims included, whatever came before, as long as the
/// placer hears of every change of the nodes.
///
/// **What a decision costs**, when `d` nodes have changed since the last decision for an equal task: `d`
/// looks at a node, and `d` log n for the best, where the points of a node depend on that node alone, or on
/// it and on the extremes of a column (`normalize.hpp`) that stay the same. A leaf that surveys all nodes
/// does not cost more if it has a tracker (`track.hpp`). Otherwise one pass over a column of numbers for each
/// leaf; only a leaf that fills a column itself, or surveys what entering a node changes and has no tracker,
/// is asked about all nodes. In steady state nothing is allocated.
///
/// **What a refusal costs.** `decide` tells why no node will do in numbers of nodes that refuse alike, and
/// what room `.preempt` makes: if that is a `room_by_node`, whose leaf is asked about nodes that have
/// changed; any other is asked anew, with every node's refusal. Where a leaf with a tracker takes part, and
/// the room depends on what the filter says, all nodes are asked again. The same holds for nodes on which
/// others are expected. A task that is refused as before costs no allocation.
///
/// **Classes.** Tasks are of one class if they are equal; or, if a task has a member `placement_class()`, if
/// what that returns is equal: a value or a reference, and by `std::hash` found without looking at all
/// classes.

#include <berth/schedule/detail/class_memory.hpp>
#include <berth/schedule/detail/make_room.hpp>
#include <berth/schedule/place.hpp>
#include <berth/schedule/placer_limits.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <list>
#include <optional>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule {

namespace detail {

/// By what tasks are of one class.
template <class Task> constexpr auto class_of(Task const& task) -> decltype(auto) {
    if constexpr (requires { task.placement_class(); }) return task.placement_class();
    else return static_cast<Task const&>(task);
}
template <class Task> using class_key = std::remove_cvref_t<decltype(class_of(std::declval<Task const&>()))>;
template <class T>
concept hashable = requires(T const& value) {
    { std::hash<T>()(value) } -> std::convertible_to<std::size_t>;
};
template <class Task> constexpr auto class_hash(Task const& task) -> std::size_t {
    if constexpr (hashable<class_key<Task>>) return std::hash<class_key<Task>>()(class_of(task));
    else return 0;
}
/// A tie policy that needs only the number of equals: `rank(equals, turn)` says the how many-th is taken.
template <class Tie>
concept ranks_equals = requires(Tie const& tie, std::size_t equals, std::uint64_t turn) {
    { tie.rank(equals, turn) } -> std::convertible_to<std::size_t>;
};
/// An outlook that can tell which nodes somebody is expected on.
template <class Outlook>
concept lists_expecting =
    requires(Outlook const& outlook) { outlook.for_each_expecting([](std::size_t) {}); };

} // namespace detail

/// Decides as `place` does under one profile, and remembers. `Touched` is what `profile.reserve` changes of a
/// node, `reads<&host::free, ...>`; leaves that survey nothing of it need not be asked again when a task
/// enters a node. If it is not said, that is anything. `Universe` is what refusals speak of: for a `cycle`
/// under several profiles that of all of them.
template <class Task, class Node, class Profile, class Touched = detail::undeclared,
          class Universe = detail::universe_of<Profile>>
class placer {
    static_assert(detail::check_profile<Profile, Task, Node>());
    static_assert(
        std::equality_comparable<detail::class_key<Task>>,
        "placer: tasks must be comparable with ==, or have a member placement_class() whose result is");

    using memory = detail::class_memory<Profile, Task, Node, Touched, Universe>;
    using facet_universe = detail::facets_of_profile<Profile>;

public:
    /// A place, or every reason why there is none and what room can be made.
    using decision = typename memory::decision_type;

    explicit placer(Profile profile, placer_limits limits = {})
        : profile_(std::move(profile)), limits_(limits) {}

    /// The best of `nodes`, or nothing if none will do: see `decide` and `why_not`. Others may be expected on
    /// some nodes: see `eviction.hpp`.
    template <class Outlook = as_they_are>
    [[nodiscard]] auto place(Task const& task, std::span<Node const> nodes, Outlook const& outlook = {})
        -> std::optional<placement> {
        return take(up_to_date(task, nodes, outlook), task, nodes, outlook);
    }
    /// The same; where no node will do, why, and who could leave for it.
    template <class Outlook = as_they_are>
    [[nodiscard]] auto decide(Task const& task, std::span<Node const> nodes, Outlook const& outlook = {})
        -> decision {
        auto& c = up_to_date(task, nodes, outlook);
        if (auto const at = take(c, task, nodes, outlook)) return {.where = *at, .room = {}, .no_room = {}};
        return c.refuse(profile_, task, nodes, outlook);
    }
    /// Why no node will do: every node's refusal, as `schedule::place` gives it. Linear.
    template <class Outlook = as_they_are>
    [[nodiscard]] auto why_not(Task const& task, std::span<Node const> nodes,
                               Outlook const& outlook = {}) const -> refusal {
        auto const shared = profile_.prepare(task, nodes);
        auto const state = detail::prepare(profile_.filter, task, nodes, shared);
        return detail::refuse(detail::panel_of<Universe>(profile_, state, task, nodes, outlook),
                              nodes.size());
    }

    /// A task is on a node now; `nodes` are those after it.
    auto entered(Task const& task, std::size_t i, std::span<Node const> nodes) -> void {
        move(task, i, nodes, 1);
    }
    /// A task is on a node no more.
    auto left(Task const& task, std::size_t i, std::span<Node const> nodes) -> void {
        move(task, i, nodes, -1);
    }
    /// A node has another value: in these facets, or in anything; in none, if only what is expected of it, or
    /// what is looked at to make room, is another.
    auto changed(std::size_t i, facet_set what = facet_set::all()) -> void {
        if (what.meets(surveyed)) return forget();
        note(i);
    }
    /// A node has come, as the last one; or has gone, and the last one has its index.
    auto came() -> void { forget(); }
    auto went() -> void { forget(); }
    /// Anything may have changed, of the nodes or of what is no node.
    auto forget() -> void {
        for (auto& c : classes_) c.state.forget();
    }
    /// What was known of tasks of which `whom(task)` is true may be otherwise.
    template <class Whom> auto forget(Whom whom) -> void {
        for (auto& c : classes_)
            if (whom(c.state.known().task())) c.state.forget();
    }
    /// What room costs may be otherwise, by something that is no node and that no filter reads.
    auto forget_room() -> void {
        for (auto& c : classes_) c.state.forget_room();
    }

    /// In what two values of a node differ, as far as the profile reads it.
    [[nodiscard]] static auto difference(Node const& before, Node const& after) -> facet_set {
        auto out = facet_universe::difference(before, after);
        if constexpr (std::equality_comparable<Node>) {
            if (before == after) return out;
        }
        return out | facet_set::undeclared();
    }

    [[nodiscard]] auto profile() const -> Profile const& { return profile_; }
    /// How many classes are remembered, and in how much memory.
    [[nodiscard]] auto classes() const -> std::size_t { return classes_.size(); }
    [[nodiscard]] auto bytes() const -> std::size_t {
        auto out = std::size_t{0};
        for (auto const& c : classes_) out += c.state.bytes();
        return out;
    }

private:
    struct remembered {
        std::size_t hash = 0;
        std::uint64_t used = 0; ///< when it was last asked for
        std::uint64_t seen = 0; ///< how many changes of nodes it knows
        memory state;

        remembered(std::size_t h, std::uint64_t now, Task const& task) : hash(h), used(now), state(task) {}
    };

    /// The facets of any node that leaves look at; and those of its own node of a leaf that has a tracker,
    /// for that is told of no more than who enters and leaves.
    static constexpr auto surveyed = [] {
        auto out = facet_set{};
        auto const add = [&]<class L>() {
            if constexpr (detail::compound<L>) {
                out = facet_set::all();
            } else {
                using callable = detail::callable_t<L>;
                using declared = typename detail::declared_by<L, callable>::surveys;
                if constexpr (detail::tracks<callable, Task, Node>) {
                    using reads = typename detail::declared_by<L, callable>::reads;
                    if constexpr (detail::is_reads<reads>)
                        out |= detail::facets_in<reads>::type::template within<facet_universe>();
                    else out = facet_set::all();
                }
                if constexpr (detail::scope_of<callable, declared, Task, Node>() != scope::cluster) return;
                else if constexpr (detail::is_surveys<declared>)
                    out |= detail::facets_in<declared>::type::template within<facet_universe>();
                else out = facet_set::all();
            }
        };
        auto const add_all = [&]<class... L>(std::tuple<L...> const*) {
            (add.template operator()<L>(), ...);
        };
        add_all(
            static_cast<typename detail::surveys_of<decltype(Profile::filter), Task, Node>::type*>(nullptr));
        add_all(static_cast<typename detail::leaves_of_score<decltype(Profile::score)>::type*>(nullptr));
        return out;
    }();

    auto move(Task const& task, std::size_t i, std::span<Node const> nodes, int sign) -> void {
        try {
            note(i);
            for (auto& c : classes_) c.state.entered(task, i, nodes, sign);
        } catch (...) { // some trackers have not heard of it
            forget();
            throw;
        }
    }
    /// A node has changed: whoever is asked for next looks at it again.
    auto note(std::size_t i) -> void {
        if (log_.size() >= log_limit_) {
            auto const half = log_.size() / 2;
            log_.erase(log_.begin(), log_.begin() + static_cast<std::ptrdiff_t>(half));
            log_begin_ += half;
        }
        log_.push_back(static_cast<std::uint32_t>(i));
    }

    template <class Outlook>
    auto up_to_date(Task const& task, std::span<Node const> nodes, Outlook const& outlook) -> memory& {
        if constexpr (detail::looks_ahead<Outlook>)
            static_assert(detail::lists_expecting<Outlook>,
                          "placer: an outlook that looks ahead must have for_each_expecting(visit)");
        auto& c = class_for(task, nodes.size());
        log_limit_ = nodes.size() > 4096 ? nodes.size() : 4096;
        if (c.seen < log_begin_) c.state.forget();
        auto const from = c.seen < log_begin_ ? log_.size() : static_cast<std::size_t>(c.seen - log_begin_);
        c.state.refresh(profile_, task, nodes, std::span(log_).subspan(from), outlook, scratch_);
        c.seen = log_begin_ + log_.size();
        return c.state;
    }
    auto class_for(Task const& task, std::size_t nodes) -> remembered& {
        auto const hash = detail::class_hash(task);
        ++now_;
        for (auto& c : classes_) {
            if (c.hash != hash || !(detail::class_of(c.state.known().task()) == detail::class_of(task)))
                continue;
            c.used = now_;
            return c;
        }
        make_room(nodes);
        return classes_.emplace_back(hash, now_, task);
    }
    /// Forgets whom nobody has asked for longest, as far as there is no room for one more.
    auto make_room(std::size_t nodes) -> void {
        auto const each = nodes * (sizeof(points) * (2 + detail::leaf_count<decltype(Profile::score)>));
        while (!classes_.empty() &&
               (classes_.size() >= limits_.classes || (classes_.size() + 1) * each > limits_.bytes)) {
            auto oldest = classes_.begin();
            for (auto c = classes_.begin(); c != classes_.end(); ++c)
                if (c->used < oldest->used) oldest = c;
            classes_.erase(oldest);
        }
    }

    template <class Outlook>
    auto take(memory const& c, Task const& task, std::span<Node const> nodes, Outlook const& outlook)
        -> std::optional<placement> {
        if (auto const at = c.promised(task, outlook)) return at;
        auto const& b = c.known();
        if (b.feasible() == 0) return std::nullopt;
        auto const best = b.best();
        auto out = placement{best.first, best.total, best.ties, b.feasible()};
        using tie = decltype(Profile::tie);
        if constexpr (std::is_same_v<tie, lowest_index>) {
            // as it is
        } else if constexpr (detail::ranks_equals<tie>) {
            out.node = b.totals().nth(profile_.tie.rank(best.ties, turn_));
        } else {
            b.totals().list(equals_);
            out.node = detail::choose(profile_.tie, std::span<std::size_t const>(equals_), turn_, nodes);
        }
        ++turn_;
        return out;
    }
    Profile profile_;
    placer_limits limits_;
    std::list<remembered> classes_; ///< which stay where they are: prepared states refer to them
    std::uint64_t now_ = 0;
    std::vector<std::uint32_t> log_; ///< the nodes that have changed, the last ones
    std::uint64_t log_begin_ = 0;    ///< how many came before
    std::size_t log_limit_ = 4096;
    std::vector<std::size_t> equals_;
    std::uint64_t turn_ = 0;
    detail::board_scratch scratch_;
};

/// A placer for tasks and nodes of these types under a profile.
template <class Task, class Node, class Touched = detail::undeclared, class Profile>
[[nodiscard]] auto placer_of(Profile profile, placer_limits limits = {})
    -> placer<Task, Node, Profile, Touched> {
    return placer<Task, Node, Profile, Touched>(std::move(profile), limits);
}

} // namespace berth::schedule

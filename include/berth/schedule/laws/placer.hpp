#pragma once

/// \file
/// The law of the placer, on random histories: whatever tasks come and go and nodes change, it answers as who
/// remembers nothing, ties, refusals, room and victims included. For any profile, tasks and nodes; see
/// `laws.hpp` for `report`.

#include <berth/core/random.hpp>
#include <berth/schedule/detail/make_room.hpp>
#include <berth/schedule/place.hpp>
#include <berth/schedule/placer.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule::laws {
namespace detail {

/// In what two answers differ, in words: that of who remembers nothing, and that of a placer. Empty, if in
/// nothing. Refusals are compared by what they read and by how many nodes refuse how.
template <class Victim>
auto difference(schedule::detail::decision<Victim> const& wanted,
                schedule::detail::decision<Victim> const& found) -> std::string {
    auto const text = [](schedule::detail::decision<Victim> const& d) {
        if (!d.where) {
            return "refuses: " + d.where.error().summary() + " " + d.no_room.str() +
                   (d.room ? " room on " + std::to_string(d.room->node) + " for " +
                                 std::to_string(d.room->victims.size())
                           : "");
        }
        return "node " + std::to_string(d.where->node) + ", " + std::to_string(d.where->total) + ", " +
               std::to_string(d.where->ties) + " equal, " + std::to_string(d.where->feasible) + " feasible";
    };
    auto const refuse_alike = [](refusal const& all, refusal const& some) {
        if (some.alike.empty()) return some == all;
        auto counted = std::size_t{0};
        auto same = all.nodes == some.nodes && all.summary() == some.summary();
        for (auto const& a : some.alike) {
            auto nodes = std::size_t{0};
            for (auto const& r : all.refused) nodes += r.filter == a.filter && r.says == a.says ? 1 : 0;
            same = same && nodes == a.nodes;
            counted += nodes;
        }
        return same && counted == all.refused.size();
    };
    auto same = wanted.where.has_value() == found.where.has_value();
    if (same && wanted.where) same = *wanted.where == *found.where;
    if (same && !wanted.where) {
        auto const& all = wanted.where.error();
        auto const& some = found.where.error();
        same = refuse_alike(all, some) && all.read == some.read && all.leaves == some.leaves &&
               wanted.room == found.room && wanted.no_room == found.no_room;
    }
    return same ? std::string() : "it should say: " + text(wanted) + "; the placer: " + text(found);
}

template <class P, class Task, class Node, class Touched, class Enter, class Leave> class placing {
public:
    placing(P const& p, std::span<Task const> tasks, std::span<Node const> nodes, Enter enters, Leave leaves,
            std::uint64_t seed)
        : profile_(&p),
          tasks_(tasks),
          spare_(nodes.begin(), nodes.end()),
          nodes_(spare_),
          enter_(enters),
          leave_(leaves),
          placer_(p, {.classes = tasks.size() / 2 + 1}),
          draw_(seed) {}

    /// Something happens; whether both agree on where the next task goes.
    auto go_on(std::string& difference) -> bool {
        switch (draw_.below(12)) {
        case 0: leave_one(); break;
        case 1: leave_one(); break;
        case 2: replace_one(); break;
        case 3: membership(); break;
        default: break;
        }
        auto const& task = tasks_[draw_.below(tasks_.size())];
        auto const nodes = std::span<Node const>(nodes_);
        auto record = schedule::detail::no_record{};
        auto const wanted = schedule::detail::decide_with_room<schedule::detail::universe_of<P>>(
            task, nodes, *profile_, work_, record);
        auto const found =
            draw_.below(4) == 0 && wanted.where ? only_placed(task, nodes) : placer_.decide(task, nodes);
        difference = detail::difference(wanted, found);
        if (!difference.empty()) return false;
        if (!found.where) {
            if (!same_at_length(wanted.where.error(), task, difference)) return false;
            if (found.room && draw_.below(2) == 0) evict(*found.room);
            return true;
        }
        if (draw_.below(8) != 0) enter(task, found.where->node);
        return true;
    }

private:
    struct resident {
        Task task;
        std::size_t node;
    };
    using decision = schedule::detail::decision<schedule::detail::victim_of<P, Task, Node>>;

    /// By `place`, where it must find one.
    auto only_placed(Task const& task, std::span<Node const> nodes) -> decision {
        auto out = decision{};
        if (auto const at = placer_.place(task, nodes)) out.where = *at;
        else out.where = std::unexpected(refusal{.nodes = nodes.size(), .refused = {}});
        return out;
    }
    /// A victim is a task, or points to one: who is of its class leaves the node.
    template <class Victim> auto evict(eviction<Victim> const& room) -> void {
        for (auto const& v : room.victims) {
            auto const& gone = [&]() -> Task const& {
                if constexpr (std::is_convertible_v<Victim const&, Task const&>) return v;
                else return *v;
            }();
            for (auto& r : residents_) {
                using schedule::detail::class_of;
                if (r.node != room.node || !(class_of(r.task) == class_of(gone))) continue;
                leave(r);
                break;
            }
        }
    }
    auto evict(eviction<nobody> const&) -> void {}
    auto same_at_length(refusal const& wanted, Task const& task, std::string& difference) -> bool {
        auto const found = placer_.why_not(task, std::span<Node const>(nodes_));
        if (found == wanted) return true;
        difference = "place refuses: " + wanted.summary() + " The placer: " + found.summary();
        return false;
    }
    auto enter(Task const& task, std::size_t i) -> void {
        enter_(task, nodes_[i]);
        residents_.push_back({task, i});
        placer_.entered(task, i, nodes_);
    }
    auto leave_one() -> void {
        if (residents_.empty()) return;
        leave(residents_[draw_.below(residents_.size())]);
    }
    auto leave(resident& one) -> void {
        leave_(one.task, nodes_[one.node]);
        placer_.left(one.task, one.node, nodes_);
        one = std::move(residents_.back());
        residents_.pop_back();
    }
    /// A node is as another one was at first, without tasks.
    auto replace_one() -> void {
        if (nodes_.empty()) return;
        auto const i = draw_.below(nodes_.size());
        std::erase_if(residents_, [&](auto const& r) { return r.node == i; });
        auto const before = std::exchange(nodes_[i], spare_[draw_.below(spare_.size())]);
        placer_.changed(i, decltype(placer_)::difference(before, nodes_[i]));
    }
    auto membership() -> void {
        if (nodes_.size() < spare_.size() && draw_.below(2) == 0) {
            nodes_.push_back(spare_[draw_.below(spare_.size())]);
            return placer_.came();
        }
        if (nodes_.size() < 2) return;
        auto const i = draw_.below(nodes_.size());
        std::erase_if(residents_, [&](auto const& r) { return r.node == i; });
        for (auto& r : residents_)
            if (r.node == nodes_.size() - 1) r.node = i;
        if (i != nodes_.size() - 1) nodes_[i] = std::move(nodes_.back());
        nodes_.pop_back();
        placer_.went();
    }

    P const* profile_;
    std::span<Task const> tasks_;
    std::vector<Node> spare_;
    std::vector<Node> nodes_;
    Enter enter_;
    Leave leave_;
    placer<Task, Node, P, Touched> placer_;
    workspace work_;
    std::vector<resident> residents_;
    berth::random_engine draw_;
};

} // namespace detail

/// A profile on a random history of `events` decisions between which tasks leave, nodes change, come and go;
/// what is drawn depends on `seed` alone. `enter(task, node&)` puts a task on a node, `leave(task, node&)`
/// takes it off again. `Touched` is that of the placer.
template <class Touched = schedule::detail::undeclared, class Profile, class Task, class Node, class Enter,
          class Leave, class Report>
auto placer(Profile const& profile, std::vector<Task> const& tasks, std::vector<Node> const& nodes,
            Enter enter, Leave leave, std::uint64_t seed, std::size_t events, Report report) -> void {
    auto where = profile.describe() + ", seed " + std::to_string(seed);
    auto play = detail::placing<Profile, Task, Node, Touched, Enter, Leave>(profile, tasks, nodes, enter,
                                                                            leave, seed);
    auto difference = std::string();
    auto agrees = true;
    for (std::size_t n = 0; agrees && n < events; ++n) {
        agrees = play.go_on(difference);
        if (!agrees) where += ", event " + std::to_string(n) + ": " + difference;
    }
    report("a placer decides as who remembers nothing", agrees, where);
}

} // namespace berth::schedule::laws

#pragma once

/// \file
/// The law of the placer, on random histories: whatever tasks come and go and nodes change, it answers as
/// `place` does, ties and refusals included. For any profile, tasks and nodes; see `laws.hpp` for `report`.

#include <berth/core/random.hpp>
#include <berth/schedule/place.hpp>
#include <berth/schedule/placer.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace berth::schedule::laws {
namespace detail {

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
        auto const wanted = schedule::place(task, nodes_, *profile_, work_);
        auto const found = placer_.place(task, nodes);
        if (wanted.has_value() != found.has_value() || (found && !(*wanted == *found))) {
            difference = "place says " + text(wanted ? std::optional(*wanted) : std::nullopt) +
                         ", the placer " + text(found);
            return false;
        }
        if (!found) return same_refusal(wanted.error(), task, difference);
        if (draw_.below(8) != 0) enter(task, found->node);
        return true;
    }

private:
    struct resident {
        Task task;
        std::size_t node;
    };
    static auto text(std::optional<schedule::placement> const& p) -> std::string {
        if (!p) return "nowhere";
        return "node " + std::to_string(p->node) + ", " + std::to_string(p->total) + ", " +
               std::to_string(p->ties) + " equal, " + std::to_string(p->feasible) + " feasible";
    }
    auto same_refusal(refusal const& wanted, Task const& task, std::string& difference) -> bool {
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
        auto& one = residents_[draw_.below(residents_.size())];
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
    berth::random draw_;
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
    report("a placer decides as place does", agrees, where);
}

} // namespace berth::schedule::laws

#pragma once

/// \file
/// Gangs in a cycle: members come one by one, wait until their gang is there, and are placed in one
/// transaction.
///
/// ```cpp
/// auto cycle = schedule::gang_cycle_of<task, host>(policy, [](task const& t) {
///     return std::optional(schedule::gang_membership<int>{.gang = t.job, .size = t.workers});
/// });
/// cycle.add(task{.job = 7, .workers = 2});
/// while (auto const taken = cycle.next(hosts, now)) { ... }   // gated: "its gang waits: 1 of 2 members are
/// there" cycle.add(task{.job = 7, .workers = 2}); while (auto const taken = cycle.next(hosts, now)) { ... }
/// // both are bound, or neither
/// ```

#include <berth/schedule/cycle.hpp>
#include <berth/schedule/gang.hpp>

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule {

/// What a task says of its gang.
template <class Id> struct gang_membership {
    Id gang{};                                 ///< by which its members know each other; ordered
    std::size_t size = 1;                      ///< how many must have come before the gang is tried
    std::size_t min_count = gang_terms<>::all; ///< how many of those that have come must have a place
    gathering together = gathering::anywhere;
};

namespace detail {

/// The gangs of a cycle, and who has come.
template <class Task, class GangOf> class gang_roster {
    using membership =
        typename std::remove_cvref_t<std::invoke_result_t<GangOf const&, Task const&>>::value_type;
    using id = decltype(membership::gang);

public:
    struct entry {
        std::vector<ticket> members;
        bool placed = false; ///< who is left, or comes later, is placed alone
    };

    explicit gang_roster(GangOf gang_of) : gang_of_(std::move(gang_of)) {}

    [[nodiscard]] auto gang_of(Task const& task) const -> std::optional<membership> { return gang_of_(task); }
    auto enlist(Task const& task, ticket t) -> void {
        if (auto const m = gang_of_(task)) entries_[m->gang].members.push_back(t);
    }
    auto strike(Task const& task, ticket t) -> void {
        auto const m = gang_of_(task);
        if (!m) return;
        auto const at = entries_.find(m->gang);
        if (at == entries_.end()) return;
        std::erase(at->second.members, t);
        if (at->second.members.empty() && !at->second.placed) entries_.erase(at);
    }
    auto disband(id const& gang) -> void {
        auto const at = entries_.find(gang);
        if (at == entries_.end()) return;
        at->second.placed = false;
        if (at->second.members.empty()) entries_.erase(at);
    }
    auto find(id const& gang) -> entry* {
        auto const at = entries_.find(gang);
        return at == entries_.end() ? nullptr : &at->second;
    }
    auto set_placed(id const& gang) -> void { entries_[gang].placed = true; }
    /// Why a task may not be placed alone.
    [[nodiscard]] auto gate(Task const& task) const -> verdict {
        auto const m = gang_of_(task);
        if (!m) return accept;
        auto const at = entries_.find(m->gang);
        auto const there = at == entries_.end() ? std::size_t{0} : at->second.members.size();
        if (at != entries_.end() && at->second.placed) return accept;
        return reject("its gang waits: " + std::to_string(there) + " of " + std::to_string(m->size) +
                      " members are there");
    }

private:
    GangOf gang_of_;
    std::map<id, entry> entries_;
};

/// `.enqueue` of a profile, and of gangs.
template <class Own, class Roster> struct gang_gate {
    [[no_unique_address]] Own own;
    Roster const* roster;

    template <class Task> auto operator()(Task const& task) const -> verdict {
        auto says = own(task);
        return says.accepted() ? roster->gate(task) : says;
    }
};
/// A profile with another `.enqueue`.
template <class P, class Enqueue> auto with_enqueue(P p, Enqueue enqueue) {
    auto order = p.order;
    return with_queue(std::move(p), std::move(enqueue), std::move(order));
}

} // namespace detail

/// A `cycle` under one profile that knows gangs. `gang_of(task)` answers a `std::optional<gang_membership>`;
/// what is the same for all gangs (`domain_of`, `room_on`, `retries`) is told as `gang_terms`.
///
/// A task of a gang is gated (`stage::gated`) until so many of its gang have come as it says, and `.enqueue`
/// of the profile accepts them. When the turn of any of them comes then, all are placed by `place_gang`, and
/// bound one after the other; or none is, and all wait for a change that helps any of them. `next` gives the
/// outcomes of the members one by one, the decision is made with the first. Nobody waits with a reservation:
/// a
/// `.permit` that waits denies the gang. A gang evicts nobody. A bind that fails is that of one member: the
/// others keep their places, and that one, like members that come later, is placed alone.
///
/// It stays where it is; what is not about gangs is asked of `machine()`.
template <class Task, class Node, class Profile, class GangOf, class Terms = gang_terms<>,
          class Shell = no_shell>
class gang_cycle {
    using roster = detail::gang_roster<Task, GangOf>;
    using gate = detail::gang_gate<decltype(Profile::enqueue), roster>;
    using gated_profile = decltype(detail::with_enqueue(std::declval<Profile>(), std::declval<gate>()));

public:
    using cycle_type = cycle<Task, Node, gated_profile, Shell>;
    using taken = typename cycle_type::taken;

    gang_cycle(Profile profile, GangOf gang_of, Terms terms = {}, back_off wait = {}, Shell shell = {})
        : gangs_(std::move(gang_of)),
          enqueue_(profile.enqueue),
          terms_(std::move(terms)),
          cycle_(detail::with_enqueue(std::move(profile), gate{enqueue_, &gangs_}), wait, std::move(shell)) {}
    gang_cycle(gang_cycle const&) = delete; // the gate points to the roster
    auto operator=(gang_cycle const&) -> gang_cycle& = delete;

    /// As in `cycle`.
    auto add(Task task) -> ticket {
        auto const id = cycle_.add(std::move(task));
        gangs_.enlist(*cycle_.find(id), id);
        return id;
    }
    auto replace(ticket id, Task task, bool helps, time_point now) -> void {
        if (cycle_.find(id) == nullptr) return;
        gangs_.strike(*cycle_.find(id), id);
        cycle_.replace(id, std::move(task), helps, now);
        gangs_.enlist(*cycle_.find(id), id);
    }
    auto remove(ticket id, std::span<Node> nodes, time_point now) -> void {
        if (auto const* const task = cycle_.find(id)) gangs_.strike(*task, id);
        cycle_.remove(id, nodes, now);
    }
    [[nodiscard]] auto find(ticket id) const -> Task const* { return cycle_.find(id); }
    auto next(std::span<Node> nodes, time_point now) -> std::optional<taken> {
        if (outbox_.empty()) {
            auto one = cycle_.next(nodes, now);
            if (!one || !try_gang_of(*one, nodes, now)) return struck(std::move(one));
        }
        auto out = std::move(outbox_.front());
        outbox_.pop_front();
        return out;
    }
    [[nodiscard]] auto next_ready(time_point now) const -> std::optional<time_point> {
        return outbox_.empty() ? cycle_.next_ready(now) : now;
    }
    auto told(ticket id, result<void> answer, std::span<Node> nodes, time_point now) -> std::optional<taken> {
        return struck(cycle_.told(id, std::move(answer), nodes, now));
    }
    auto resolved(ticket id, std::span<Node> nodes, bool bound, time_point now) -> std::optional<taken> {
        return struck(cycle_.resolved(id, nodes, bound, now));
    }
    auto allow(ticket id, std::span<Node> nodes, time_point now) -> std::optional<taken> {
        return struck(cycle_.allow(id, nodes, now));
    }
    auto changed(Node const& before, Node const& after, time_point now) -> void {
        cycle_.changed(before, after, now);
        if (!(detail::domain_value(terms_.domain_of, before) ==
              detail::domain_value(terms_.domain_of, after)))
            cycle_.changed(facet_set::all(), now); // another domain: what it is to a gang no leaf knows
    }

    /// A gang has its places already (its members run since before this cycle): who comes is placed alone.
    template <class Id> auto set_placed(Id const& gang) -> void { gangs_.set_placed(gang); }
    /// A gang that had its places is over: tasks of its name are a new one.
    template <class Id> auto disband(Id const& gang) -> void { gangs_.disband(gang); }

    /// The cycle within, for what is not about gangs: nodes that come and go, permissions, what is held.
    [[nodiscard]] auto machine() -> cycle_type& { return cycle_; }
    [[nodiscard]] auto size() const -> std::size_t { return cycle_.size(); }
    [[nodiscard]] auto held() const -> std::size_t { return cycle_.held(); }

private:
    /// Whoever has left is struck off.
    auto struck(std::optional<taken> what) -> std::optional<taken> {
        if (what && what->left) gangs_.strike(*what->left, what->id);
        return what;
    }
    /// Whether a task was gated that makes its gang complete; then the gang was tried.
    auto try_gang_of(taken& one, std::span<Node> nodes, time_point now) -> bool {
        if (one.outcome || one.outcome.error().at != stage::gated) return false;
        auto const& task = *cycle_.find(one.id);
        auto const m = gangs_.gang_of(task);
        auto* const gang = m ? gangs_.find(m->gang) : nullptr;
        if (gang == nullptr || gang->placed || gang->members.size() < m->size) return false;
        for (auto const id : gang->members) {
            if (auto const says = enqueue_(*cycle_.find(id)); !says.accepted()) {
                if (id == one.id) return false;
                one.outcome.error().why = "its gang waits for a member that may not be tried: " + says.text();
                return false;
            }
        }
        auto const members = gang->members;
        auto terms = terms_;
        terms.min_count = m->min_count;
        terms.together = m->together;
        auto out = cycle_.next_together(members, nodes, now, terms);
        gang->placed = out.placed;
        for (auto& member : out.members) outbox_.push_back(*struck(std::move(member)));
        return true;
    }

    roster gangs_;
    [[no_unique_address]] decltype(Profile::enqueue) enqueue_;
    Terms terms_;
    cycle_type cycle_;
    std::deque<taken> outbox_; ///< what became of the rest of a gang
};

/// A cycle with gangs for tasks and nodes of these types under a profile.
template <class Task, class Node, class Profile, class GangOf, class Terms = gang_terms<>,
          class Shell = no_shell>
[[nodiscard]] auto gang_cycle_of(Profile profile, GangOf gang_of, Terms terms = {}, back_off wait = {},
                                 Shell shell = {}) -> gang_cycle<Task, Node, Profile, GangOf, Terms, Shell> {
    return {std::move(profile), std::move(gang_of), std::move(terms), wait, std::move(shell)};
}

} // namespace berth::schedule

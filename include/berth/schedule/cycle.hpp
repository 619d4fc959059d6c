#pragma once

/// \file
/// The cycle: the machine that takes tasks through all fields of a profile, from the queue to the bind, and
/// keeps those that wait on the way: for a change that may help, for a permission, for what must be done
/// before a bind, for news of a bind.
///
/// It is pure: it holds the tasks, is given the nodes and the time with each call, and answers what became of
/// whom. It evicts nobody, reads no clock and knows no world but `.bind`. A shell (`kube::scheduler`, a
/// simulation) feeds it events and carries out what it answers:
/// ```cpp
/// auto cycle = schedule::cycle_of<task, host>(policy);
/// auto const id = cycle.add(task{.cpu = 4});
/// while (auto const taken = cycle.next(hosts, now)) { ... taken->outcome ... }
/// cycle.changed(before, after, now);      // a host has changed: wakes whom that may help
/// cycle.allow(id, hosts, now);            // who waits for a permission has it
/// ```
/// Laws (`laws/cycle.hpp`): each reservation is followed by exactly one bind or release; no task is lost;
/// neither permit nor pre-bind waits for ever.

#include <berth/core/assert.hpp>
#include <berth/schedule/attempt.hpp>
#include <berth/schedule/detail/gang_walk.hpp>
#include <berth/schedule/detail/walk.hpp>
#include <berth/schedule/explain.hpp>
#include <berth/schedule/policies.hpp>
#include <berth/schedule/waiting_queue.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule {

/// What became of a task that the cycle has taken on.
template <class Task, class Victim> struct taken {
    ticket id;
    std::expected<placement, failure<Victim>> outcome;
    std::optional<Task> left;           ///< the task, if it has left the cycle: it is bound
    std::optional<explanation> account; ///< of the decision, if it was asked for
};

/// The machine, under one profile or several (`policies`). Indices of nodes must keep their meaning while a
/// reservation is held; `withdraw` and `renumber` tell of nodes that go or move. What the profile and the
/// shell are called for must not call the cycle. In steady state nothing is allocated but failures.
template <class Task, class Node, class Profile, class Shell = no_shell> class cycle {
    using several = detail::policies_of<Profile>;
    static_assert(several::template check<Task, Node>());

    using universe = typename several::universe;
    using order = decltype(several::first::order);

public:
    using victim = typename several::template victim<Task, Node>;
    using outcome = std::expected<placement, failure<victim>>;
    /// The node of a placement whose node went while its bind was in doubt.
    static constexpr auto no_node = static_cast<std::size_t>(-1);
    using taken = schedule::taken<Task, victim>;

    explicit cycle(Profile profile, back_off wait = {}, Shell shell = {})
        : profile_(std::move(profile)),
          shell_(std::move(shell)),
          queue_(several::first_of(profile_).order, wait) {}

    /// A task comes, and is to be tried; by the profile of this number, if there are several.
    auto add(Task task, std::size_t profile = 0) -> ticket {
        return queue_.add(std::move(task), static_cast<std::uint32_t>(profile));
    }
    /// A task has another value; `helps`: it may do better now.
    auto replace(ticket id, Task task, bool helps, time_point now) -> void {
        queue_.replace(id, std::move(task), helps, now);
    }
    /// A task is no longer wanted. What it has reserved is released.
    auto remove(ticket id, std::span<Node> nodes, time_point now) -> void {
        give_back(id, nodes, now);
        queue_.remove(id);
    }
    [[nodiscard]] auto find(ticket id) const -> Task const* { return queue_.find(id); }

    /// Takes the next task on, through all fields of the profile; or gives up one whose permission, or what
    /// its `.pre_bind` waits for, did not come in time. Nothing, if there is nothing to do now.
    auto next(std::span<Node> nodes, time_point now) -> std::optional<taken> {
        auto record = detail::no_record{};
        return take_on(nodes, now, record);
    }
    /// The same with the account of the decision.
    auto next_explained(std::span<Node> nodes, time_point now) -> std::optional<taken> {
        auto record = detail::recorder<Node>({});
        auto out = take_on(nodes, now, record);
        if (!out) return out;
        out->account = std::move(record).account();
        return out;
    }
    /// What became of a gang.
    struct gang_taken {
        std::vector<taken> members; ///< in the order in which they were named
        bool placed = false;        ///< whether it got its places; a bind may have failed all the same
    };
    /// Takes tasks of one profile on together, wherever they wait: places for `terms.min_count` of them in
    /// one transaction (`place_gang`), then the permissions of all, then the binds; or nothing is reserved.
    /// Tasks that hold a reservation cannot be among them. `.enqueue` is not asked: see `gang_cycle`.
    template <class Terms>
    auto next_together(std::span<ticket const> ids, std::span<Node> nodes, time_point now, Terms const& terms)
        -> gang_taken {
        auto out = gang_taken{};
        if (ids.empty()) return out;
        for (auto const id : ids)
            BERTH_ASSERT(find(id) != nullptr && find_held(id) == nullptr,
                         "cycle: only tasks that are here and hold nothing can be taken on together");
        several::with(profile_, queue_.lane_of(ids.front()), [&](auto const& p) {
            auto const way = walk_of<std::remove_cvref_t<decltype(p)>>(p, shell_);
            auto const at = [&](std::size_t i) -> Task const& { return *queue_.find(ids[i]); };
            auto became = detail::take_gang_on(p, way, shell_, ids.size(), at, nodes, terms, work_);
            out.placed = became.placed;
            for (std::size_t i = 0; i < ids.size(); ++i)
                out.members.push_back(settle(ids[i], of_all(std::move(became.members[i])), now));
        });
        return out;
    }
    /// When `next` has something to do; nothing if never, unless something happens.
    [[nodiscard]] auto next_ready(time_point now) const -> std::optional<time_point> {
        return queue_.next_ready(now);
    }

    /// A task that waits for its permission has it, and is bound. Nothing, if it does not wait.
    auto allow(ticket id, std::span<Node> nodes, time_point now) -> std::optional<taken> {
        auto const* const h = find_held(id, stage::waiting);
        if (h == nullptr) return std::nullopt;
        auto out = bind(id, nodes, h->where);
        forget(id);
        return settle(id, std::move(out), now);
    }
    /// A task that waits for its permission, or whose `.pre_bind` waits, will not have it. It is tried again
    /// later.
    auto deny(ticket id, std::span<Node> nodes, std::string why, time_point now) -> std::optional<taken> {
        auto const* const h = find_held(id);
        if (h == nullptr || !may_time_out(h->at)) return std::nullopt;
        return take_back(id, nodes, stage::denied, std::move(why), now);
    }
    /// The world may have got on with what a task's `.pre_bind` waits for: it is asked again. Nothing, if it
    /// still waits, or did not wait; the time that it has does not begin anew.
    auto go_on(ticket id, std::span<Node> nodes, time_point now) -> std::optional<taken> {
        auto const* const h = find_held(id, stage::preparing);
        if (h == nullptr) return std::nullopt;
        auto out = bind(id, nodes, h->where);
        if (!out && out.error().at == stage::preparing) return std::nullopt;
        forget(id);
        return settle(id, std::move(out), now);
    }
    /// The answer to a bind that was on its way.
    auto told(ticket id, result<void> answer, std::span<Node> nodes, time_point now) -> std::optional<taken> {
        auto* const h = find_held(id, stage::binding);
        if (h == nullptr) return std::nullopt;
        auto out = of_all(walk_of<typename several::first>::after(std::move(answer), h->where));
        if (out) return welcome(id, nodes, now);
        if (out.error().at == stage::unbound)
            return take_back(id, nodes, stage::unbound, std::move(out.error().why), now, out.error().code);
        h->at = stage::in_doubt;
        return taken{id, std::move(out), std::nullopt, std::nullopt};
    }
    /// It is known by now whether a bind that was in doubt has been heard. If not, the task is tried again
    /// later.
    auto resolved(ticket id, std::span<Node> nodes, bool bound, time_point now) -> std::optional<taken> {
        if (find_held(id, stage::in_doubt) == nullptr) return std::nullopt;
        if (!bound) return take_back(id, nodes, stage::unbound, "it was not bound", now);
        return welcome(id, nodes, now);
    }

    /// A node has changed: whoever was refused by a filter that reads what differs, and that says that it
    /// may help, is tried again after its back-off.
    auto changed(Node const& before, Node const& after, time_point now) -> void {
        changed(difference(before, after), change<Node>{0, before, after}, now);
    }
    /// A node has come.
    auto came(Node const& node, time_point now) -> void {
        changed(facet_set::arrival(), arrived<Node>{node}, now);
    }
    /// A node has gone.
    auto went(Node const& node, time_point now) -> void {
        changed(facet_set::membership(), departed<Node>{node}, now);
    }
    /// The same for facets that the caller knows to have changed: `facets<...>()` for parts of a node or for
    /// what is none, `all()` if in doubt.
    auto changed(facet_set what, time_point now) -> void { queue_.changed(what, now); }
    /// The same, and by what: leaves whose `helped_by` takes that decide more exactly than by facets.
    template <class Change> auto changed(facet_set what, Change const& by, time_point now) -> void {
        queue_.changed(what, now, [&](Task const& task, std::uint32_t lane, std::uint64_t leaves) {
            return several::with(profile_, lane, [&](auto const& p) {
                using shared = detail::shared_of<std::remove_cvref_t<decltype(p)>, Task, Node>;
                return detail::helped<universe, Node, shared>(p.filter, task, by, what, leaves);
            });
        });
    }
    /// A task is tried again at once: its victims have left, say.
    auto again(ticket id) -> void {
        if (find_held(id) == nullptr) queue_.at_once(id);
    }
    /// A task is tried again after its back-off, whatever has changed.
    auto again(ticket id, time_point now) -> void {
        if (find_held(id) == nullptr) queue_.again(id, now);
    }

    /// In what two values of a node differ, as far as the filters of the profiles read it.
    [[nodiscard]] static auto difference(Node const& before, Node const& after) -> facet_set {
        auto out = universe::difference(before, after);
        if constexpr (std::equality_comparable<Node>) {
            if (before == after) return out;
        }
        return out | facet_set::undeclared();
    }
    /// Facets by name: `facets<&host::zone>()`. Leaves that declare nothing read them too.
    template <auto... Facets> [[nodiscard]] static constexpr auto facets() -> facet_set {
        using mine = detail::facet_list<detail::facet_constant<Facets>...>;
        static_assert(mine::template fit_or_foreign<Node>,
                      "facets are members of the nodes, functions of them, or members of something else");
        return mine::template among<universe>() | facet_set::undeclared();
    }

    /// A node is about to go: what is reserved on it is released while it is still there, and who waited for
    /// a permission, or whose `.pre_bind` waited, is tried again. Binds that are on their way or in doubt
    /// stay so, on `no_node`.
    auto withdraw(std::span<Node> nodes, std::size_t node, time_point now) -> void {
        for (std::size_t i = held_.size(); i-- > 0;) {
            auto& h = held_[i];
            if (!h.reserved || h.where.node != node) continue;
            release(h.id, nodes[node]);
            h.reserved = false;
            h.where.node = no_node;
            if (!may_time_out(h.at)) continue;
            auto const id = h.id;
            queue_.failed(id, now);
            forget(id);
        }
    }
    /// A node has another index.
    auto renumber(std::size_t from, std::size_t to) -> void {
        for (auto& h : held_)
            if (h.reserved && h.where.node == from) h.where.node = to;
    }

    /// Calls `visit(id, task, stage, node)` for each task that holds a reservation: `waiting`, `preparing`,
    /// `binding` or `in_doubt`.
    template <class Visit> auto for_each_held(Visit visit) const -> void {
        for (auto const& h : held_) visit(h.id, *queue_.find(h.id), h.at, h.where.node);
    }
    [[nodiscard]] auto profile() const -> Profile const& { return profile_; }
    /// All tasks within: to be tried, parked or held.
    [[nodiscard]] auto size() const -> std::size_t { return queue_.size(); }
    [[nodiscard]] auto held() const -> std::size_t { return held_.size(); }

private:
    struct holding {
        ticket id;
        stage at; ///< `waiting`, `preparing`, `binding` or `in_doubt`
        placement where;
        std::string why;
        bool reserved = true; ///< not if its node has gone
    };

    static constexpr auto nowhere = static_cast<std::size_t>(-1);

    template <class P> using walk_of = detail::walk<P, Shell, Task, Node, universe>;

    /// Calls `f(walk)` with that of the task's profile.
    template <class F> auto on_way(ticket id, F f) -> decltype(auto) {
        return several::with(profile_, queue_.lane_of(id), [&](auto const& p) -> decltype(auto) {
            return f(walk_of<std::remove_cvref_t<decltype(p)>>(p, shell_));
        });
    }
    /// The outcome under one profile as that under any.
    template <class Victim> static auto of_all(std::expected<placement, failure<Victim>> out) -> outcome {
        if constexpr (std::is_same_v<Victim, victim>) {
            return out;
        } else {
            if (out) return *out;
            auto& why = out.error();
            return std::unexpected(failure<victim>{
                why.at, std::move(why.why), std::move(why.refused), {}, why.where, why.limit, why.code});
        }
    }
    auto bind(ticket id, std::span<Node> nodes, placement where) -> outcome {
        return on_way(id, [&](auto const& way) {
            return of_all(way.bind(*queue_.find(id), nodes[where.node], where));
        });
    }
    static constexpr auto may_time_out(stage at) -> bool {
        return at == stage::waiting || at == stage::preparing;
    }
    auto release(ticket id, Node& node) -> void {
        on_way(id, [&](auto const& way) { way.release(*queue_.find(id), node); });
    }

    template <class Record>
    auto take_on(std::span<Node> nodes, time_point now, Record& record) -> std::optional<taken> {
        if (auto const late = queue_.due(now)) return give_up(*late, nodes, now);
        auto const id = queue_.take();
        if (!id) return std::nullopt;
        auto const task = queue_.find(*id);
        auto out = several::with(profile_, queue_.lane_of(*id), [&](auto const& p) {
            if constexpr (Record::on) record.of_policy(p.describe());
            auto const way = walk_of<std::remove_cvref_t<decltype(p)>>(p, shell_);
            return of_all(way.from_start(*task, nodes, work_, record));
        });
        return settle(*id, std::move(out), now);
    }

    /// Puts a task where its outcome says.
    auto settle(ticket id, outcome became, time_point now) -> taken {
        auto out = taken{id, std::move(became), std::nullopt, std::nullopt};
        if (out.outcome) {
            out.left = queue_.remove(id);
            return out;
        }
        auto const& why = out.outcome.error();
        switch (why.at) {
        case stage::gated: queue_.gate(id); break;
        case stage::refused:
            if (why.refused.nodes == 0) { // nobody refused, so nobody knows what helps
                queue_.failed(id, now);
                break;
            }
            [[fallthrough]];
        case stage::evicting: queue_.refused(id, {why.refused.read, why.refused.leaves}, now); break;
        case stage::waiting:
        case stage::preparing:
            queue_.hold(id, now + why.limit);
            keep({id, why.at, why.where, why.why});
            break;
        case stage::binding:
        case stage::in_doubt:
            queue_.hold(id, std::nullopt);
            keep({id, why.at, why.where, why.why});
            break;
        case stage::denied:
            queue_.changed(facet_set::all(), now); // what was reserved is free again
            queue_.put_off(id, now);
            break;
        case stage::unprepared:
        case stage::unbound:
            queue_.changed(facet_set::all(), now);
            queue_.failed(id, now);
            break;
        case stage::bound: break; // no failure
        }
        return out;
    }
    /// Who has waited too long.
    auto give_up(ticket id, std::span<Node> nodes, time_point now) -> taken {
        auto const* const h = find_held(id);
        auto const at = h->at == stage::waiting ? stage::denied : stage::unprepared;
        return take_back(id, nodes, at, "waited too long: " + h->why, now, error_code::timeout);
    }
    auto take_back(ticket id, std::span<Node> nodes, stage at, std::string why, time_point now,
                   error_code code = {}) -> taken {
        auto const where = find_held(id)->where;
        give_back(id, nodes, now);
        auto out = failure<victim>{.at = at};
        out.why = std::move(why);
        out.where = where;
        out.code = code;
        return settle(id, std::unexpected(std::move(out)), now);
    }
    /// A task whose bind was on its way, or in doubt, is bound.
    auto welcome(ticket id, std::span<Node> nodes, time_point now) -> taken {
        auto const where = find_held(id)->where;
        forget(id);
        if (where.node != no_node) {
            several::with(profile_, queue_.lane_of(id), [&](auto const& p) {
                p.post_bind(*queue_.find(id), std::as_const(nodes[where.node]));
            });
        }
        return settle(id, outcome(where), now);
    }
    /// Ends a reservation; the room that it gives back may help others.
    auto give_back(ticket id, std::span<Node> nodes, time_point now) -> void {
        auto const* const h = find_held(id);
        if (h == nullptr) return;
        if (h->reserved) {
            release(id, nodes[h->where.node]);
            queue_.changed(facet_set::all(), now);
        }
        forget(id);
    }
    auto keep(holding h) -> void {
        if (rows_.size() <= h.id.slot) rows_.resize(h.id.slot + std::size_t{1}, nowhere);
        rows_[h.id.slot] = held_.size();
        held_.push_back(std::move(h));
    }
    auto find_held(ticket id) -> holding* {
        auto const row = id.slot < rows_.size() ? rows_[id.slot] : nowhere;
        return row != nowhere && held_[row].id == id ? &held_[row] : nullptr;
    }
    auto find_held(ticket id, stage at) -> holding* {
        auto* const h = find_held(id);
        return h != nullptr && h->at == at ? h : nullptr;
    }
    auto forget(ticket id) -> void {
        if (find_held(id) == nullptr) return;
        auto const row = std::exchange(rows_[id.slot], nowhere);
        if (row + 1 != held_.size()) {
            held_[row] = std::move(held_.back());
            rows_[held_[row].id.slot] = row;
        }
        held_.pop_back();
    }

    Profile profile_;
    [[no_unique_address]] Shell shell_;
    waiting_queue<Task, order> queue_;
    std::vector<holding> held_;
    std::vector<std::size_t> rows_; ///< by the slots of tickets: where in `held_`
    workspace work_;
};

/// A cycle for tasks and nodes of these types under a profile.
template <class Task, class Node, class Profile, class Shell = no_shell>
[[nodiscard]] auto cycle_of(Profile profile, back_off wait = {}, Shell shell = {})
    -> cycle<Task, Node, Profile, Shell> {
    return cycle<Task, Node, Profile, Shell>(std::move(profile), wait, std::move(shell));
}

} // namespace berth::schedule

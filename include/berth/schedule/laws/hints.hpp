#pragma once

/// \file
/// The law of requeueing: what a cycle skips would not have helped. A change of nodes that no refusing leaf
/// reads, or of which `helped_by` says that it does not help, leaves the task refused. See `laws.hpp` for
/// `report`.

#include <berth/schedule/place.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth::schedule::laws {
namespace detail {

using namespace berth::schedule::detail; // NOLINT(google-build-using-namespace): the laws look inside

/// A filter, and a task that it refuses on all nodes.
template <class F, class Task, class Node> class refused_task {
    using universe = universe_of_filter<F>;

public:
    refused_task(F const& f, Task const& task, std::span<Node const> nodes)
        : f_(&f), task_(&task), why_(asked(nodes)) {}

    [[nodiscard]] auto is_refused() const -> bool { return !why_.refused.empty(); }

    /// Whether nobody would try the task again for this.
    template <class Change> [[nodiscard]] auto skips(facet_set what, Change const& by) const -> bool {
        if (!why_.read.meets(what)) return true;
        return !helped<universe, Node, nothing>(*f_, *task_, by, what, why_.leaves);
    }
    [[nodiscard]] auto skips(change<Node> const& by) const -> bool {
        auto what = universe::difference(by.before, by.after);
        if constexpr (std::equality_comparable<Node>) {
            if (!(by.before == by.after)) what |= facet_set::undeclared();
        } else {
            what |= facet_set::undeclared();
        }
        return skips(what, by);
    }
    [[nodiscard]] auto still_refused(std::span<Node const> nodes) const -> bool {
        return nodes.empty() || !asked(nodes).refused.empty();
    }

private:
    auto asked(std::span<Node const> nodes) const -> refusal {
        auto out = schedule::place(*task_, nodes, profile{.filter = *f_});
        return out ? refusal{} : std::move(out.error());
    }

    F const* f_;
    Task const* task_;
    refusal why_;
};

} // namespace detail

/// A filter on all changes of one node to any other's value, on any node's arrival and departure. For each
/// task that it refuses on all of a row of nodes.
template <filter_expression F, class Tasks, class Nodes, class Report>
auto hints(F const& f, Tasks const& tasks, Nodes const& nodes, Report report) -> void {
    using node = detail::node_of<Nodes>;
    auto const hosts = std::span<node const>(nodes);
    auto n = std::size_t{0};
    for (auto const& task : std::span(tasks)) {
        auto const where = describe(f) + ", task " + std::to_string(n++);
        using task_type = std::remove_cvref_t<decltype(task)>;
        auto refusing = std::vector<node>(); // the greatest row without a place, from the first on
        for (auto const& host : hosts) {
            refusing.push_back(host);
            if (!detail::refused_task<F, task_type, node>(f, task, refusing).is_refused())
                refusing.pop_back();
        }
        if (refusing.empty()) continue;
        auto const waiting = detail::refused_task<F, task_type, node>(f, task, refusing);
        auto changes = true;
        auto departures = true;
        for (std::size_t i = 0; i < refusing.size(); ++i) {
            auto row = refusing;
            for (auto const& other : hosts) {
                row[i] = other;
                changes = changes &&
                          (!waiting.skips(change<node>{i, refusing[i], other}) || waiting.still_refused(row));
            }
            row.erase(row.begin() + static_cast<std::ptrdiff_t>(i));
            departures =
                departures && (!waiting.skips(facet_set::membership(), departed<node>{refusing[i]}) ||
                               waiting.still_refused(row));
        }
        auto arrivals = true;
        for (auto const& other : hosts) {
            auto row = refusing;
            row.push_back(other);
            arrivals = arrivals && (!waiting.skips(facet_set::arrival(), arrived<node>{other}) ||
                                    waiting.still_refused(row));
        }
        report("a change that is skipped does not make room", changes, where);
        report("a departure that is skipped does not make room", departures, where);
        report("an arrival that is skipped does not make room", arrivals, where);
    }
}

} // namespace berth::schedule::laws

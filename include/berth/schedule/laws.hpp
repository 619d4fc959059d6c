#pragma once

/// \file
/// The laws of filters, scores and profiles as executable checks, for Berth's leaves and for yours,
/// under any test framework.
///
/// Each function checks its laws on every given task and tells `report(law, held, where)` for each:
/// the law as a sentence, whether it held, and on what it was checked. With Catch2:
/// ```cpp
/// auto const report = [](std::string_view law, bool held, std::string const& where) {
///     INFO(law << ": " << where);
///     CHECK(held);
/// };
/// schedule::laws::filter(my_filter, tasks, nodes, report);
/// ```

#include <berth/schedule/explain.hpp>
#include <berth/schedule/place.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth::schedule::laws {
namespace detail {

using namespace berth::schedule::detail; // NOLINT(google-build-using-namespace): the laws look inside

/// The verdicts on all nodes.
template <class F, class Task, class Node>
auto verdicts(F const& f, Task const& task, std::span<Node const> nodes) -> std::vector<verdict> {
    static_assert(filter_for<F, Task, Node>, "laws: this filter cannot judge these tasks and nodes");
    auto const state = detail::prepare(f, task, nodes, shared_nothing);
    auto out = std::vector<verdict>{};
    for (auto const& node : nodes) out.push_back(detail::report<no_universe>(f, task, node, state).says);
    return out;
}

/// Which nodes are accepted.
template <class F, class Task, class Node>
auto accepted(F const& f, Task const& task, std::span<Node const> nodes) -> std::vector<bool> {
    auto const state = detail::prepare(f, task, nodes, shared_nothing);
    auto out = std::vector<bool>{};
    for (auto const& node : nodes) out.push_back(detail::accepts(f, task, node, state));
    return out;
}

/// Whether all that a filter reads has a name, and lies in the node that it is asked about.
template <class F, class Task, class Node> consteval auto names_all_it_reads() -> bool {
    using universe = typename facets_named<F>::type;
    return !facets_of<universe, F, Task, Node>().meets(facet_set::undeclared() | facet_set::membership());
}

/// Whether nodes that agree in the facets of a filter have the same verdict.
template <class F, class Node>
auto sees_what_it_names(std::vector<verdict> const& says, std::span<Node const> nodes) -> bool {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            auto const alike = facets_named<F>::type::difference(nodes[i], nodes[k]).empty();
            if (alike && says[i] != says[k]) return false;
        }
    }
    return true;
}

/// Equal up to the rounding of a few operations; equal infinities too.
inline auto near(points a, points b) -> bool {
    if (a == b) return true;
    auto const size = (a < 0 ? -a : a) + (b < 0 ? -b : b) + 1;
    auto const gap = a < b ? b - a : a - b;
    return gap <= size * 1e-9;
}
inline auto near(std::vector<points> const& a, std::vector<points> const& b) -> bool {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!near(a[i], b[i])) return false;
    }
    return true;
}

/// Calls `check(task, nodes, where)` for each task.
template <class Tasks, class Nodes, class Check>
auto for_each_task(Tasks const& tasks, Nodes const& nodes, std::string const& what, Check check) -> void {
    auto const all = std::span(tasks);
    auto const hosts = std::span<node_of<Nodes> const>(nodes);
    for (std::size_t i = 0; i < all.size(); ++i) check(all[i], hosts, what + ", task " + std::to_string(i));
}

} // namespace detail

/// A filter alone: it is pure, it gives reasons exactly when it refuses, and it reads no more than
/// it says.
template <filter_expression F, class Tasks, class Nodes, class Report>
auto filter(F const& f, Tasks const& tasks, Nodes const& nodes, Report report) -> void {
    detail::for_each_task(
        tasks, nodes, describe(f),
        [&]<class T, class N>(T const& task, std::span<N const> hosts, std::string const& where) {
            auto const once = detail::verdicts(f, task, hosts);
            report("a filter is pure: asked twice, it answers the same",
                   once == detail::verdicts(f, task, hosts), where);
            auto fast = std::vector<bool>{};
            auto reasoned = true;
            for (auto const& says : once) {
                fast.push_back(says.accepted());
                reasoned = reasoned && says.accepted() == (says.reason_count() == 0);
            }
            report("a filter gives reasons exactly when it refuses", reasoned, where);
            report("acceptance is that of the verdict", fast == detail::accepted(f, task, hosts), where);
            if constexpr (filter_scope<F, T, N> == scope::node) {
                auto alone = true;
                for (std::size_t i = 0; i < hosts.size(); ++i) {
                    alone = alone && once[i] == detail::verdicts(f, task, hosts.subspan(i, 1))[0];
                }
                report("a filter that reads one node does not see the others", alone, where);
            }
            if constexpr (detail::names_all_it_reads<F, T, N>()) {
                report("a filter answers alike for nodes that differ only in what it does not declare",
                       detail::sees_what_it_names<F>(once, hosts), where);
            }
        });
}

/// Prepared state: advanced by the change of any node to any other's value, it gives the same verdicts as
/// when it is prepared anew.
template <filter_expression F, class Tasks, class Nodes, class Report>
auto advancing(F const& f, Tasks const& tasks, Nodes const& nodes, Report report) -> void {
    detail::for_each_task(
        tasks, nodes, describe(f),
        [&]<class T, class N>(T const& task, std::span<N const> hosts, std::string const& where) {
            auto const first = detail::prepare(f, task, hosts, detail::shared_nothing);
            auto changed = std::vector<N>(hosts.begin(), hosts.end());
            auto same = true;
            for (std::size_t i = 0; i < hosts.size(); ++i) {
                for (auto const& other : hosts) {
                    changed[i] = other;
                    auto const all = std::span<N const>(changed);
                    auto const state = detail::advance(f, first, task, change<N>{i, hosts[i], other}, all,
                                                       detail::shared_nothing);
                    auto const anew = detail::verdicts(f, task, all);
                    for (std::size_t k = 0; k < all.size(); ++k)
                        same = same &&
                               anew[k] == detail::report<detail::no_universe>(f, task, all[k], state).says;
                }
                changed[i] = hosts[i];
            }
            report("advancing a prepared state is the same as preparing anew", same, where);
        });
}

/// Three filters together: `and or not` are a boolean algebra on acceptance.
template <filter_expression F, filter_expression G, filter_expression H, class Tasks, class Nodes,
          class Report>
auto boolean_algebra(F const& f, G const& g, H const& h, Tasks const& tasks, Nodes const& nodes,
                     Report report) -> void {
    auto const what = describe(f) + " | " + describe(g) + " | " + describe(h);
    detail::for_each_task(tasks, nodes, what, [&](auto const& task, auto hosts, std::string const& where) {
        auto const same = [&](std::string_view law, auto const& a, auto const& b) {
            report(law, detail::accepted(a, task, hosts) == detail::accepted(b, task, hosts), where);
        };
        constexpr auto all = everything{};
        constexpr auto none = not everything{};
        same("and is commutative", f and g, g and f);
        same("or is commutative", f or g, g or f);
        same("and is associative", (f and g) and h, f and (g and h));
        same("or is associative", (f or g) or h, f or (g or h));
        same("and distributes over or", f and (g or h), (f and g) or (f and h));
        same("or distributes over and", f or (g and h), (f or g) and (f or h));
        same("and absorbs or", f and (f or g), f);
        same("or absorbs and", f or (f and g), f);
        same("everything is neutral for and", f and all, f);
        same("nothing is neutral for or", f or none, f);
        same("a filter and its negation accept nothing", f and not f, none);
        same("a filter or its negation accept everything", f or not f, all);
        same("not not f is f", not not f, f);
        same("de Morgan: not (f and g)", not(f and g), not f or not g);
        same("de Morgan: not (f or g)", not(f or g), not f and not g);
        auto const left = detail::verdicts(f, task, hosts);
        auto const right = detail::verdicts(g, task, hosts);
        auto const joined = detail::verdicts(f and g, task, hosts);
        auto first_tells = true;
        for (std::size_t i = 0; i < left.size(); ++i) {
            first_tells = first_tells && joined[i] == (left[i].accepted() ? right[i] : left[i]);
        }
        report("and reports the first refusing side with all of its reasons", first_tells, where);
    });
}

/// A score alone: it is pure, and its points do not depend on the order of the nodes.
template <score_expression S, class Tasks, class Nodes, class Report>
auto score(S const& s, Tasks const& tasks, Nodes const& nodes, Report report) -> void {
    detail::for_each_task(
        tasks, nodes, describe(s),
        [&]<class T, class N>(T const& task, std::span<N const> hosts, std::string const& where) {
            auto const once = rate(s, task, hosts);
            report("a score is pure: asked twice, it answers the same", once == rate(s, task, hosts), where);
            auto const backwards = std::vector<N>(hosts.rbegin(), hosts.rend());
            auto turned = rate(s, task, backwards);
            report("points do not depend on the order of the nodes",
                   detail::near(once, std::vector<points>(turned.rbegin(), turned.rend())), where);
            if constexpr (detail::is_pointwise<S, T, N, detail::nothing>() &&
                          score_scope<S, T, N> == scope::node) {
                auto alone = true;
                for (std::size_t i = 0; i < hosts.size(); ++i) {
                    alone = alone && detail::near(once[i], rate(s, task, hosts.subspan(i, 1))[0]);
                }
                report("a pointwise score that reads one node does not see the others", alone, where);
            }
        });
}

/// Three scores together: `w * s + t` is linear (exactly for whole numbers, else up to rounding).
template <score_expression S, score_expression T, score_expression U, class Tasks, class Nodes, class Report>
auto linear_algebra(S const& s, T const& t, U const& u, Tasks const& tasks, Nodes const& nodes, Report report)
    -> void {
    auto const what = describe(s) + " | " + describe(t) + " | " + describe(u);
    detail::for_each_task(tasks, nodes, what, [&](auto const& task, auto hosts, std::string const& where) {
        auto const same = [&](std::string_view law, auto const& a, auto const& b) {
            report(law, detail::near(rate(a, task, hosts), rate(b, task, hosts)), where);
        };
        same("+ is commutative", s + t, t + s);
        same("+ is associative", (s + t) + u, s + (t + u));
        same("indifference is neutral for +", s + indifference{}, s);
        same("1 * s is s", 1 * s, s);
        same("0 * s is indifference", 0 * s, indifference{});
        same("weights multiply", 2 * (3 * s), 6 * s);
        same("weights add", 2 * s + 3 * s, 5 * s);
        same("a weight distributes over +", 4 * (s + t), 4 * s + 4 * t);
        same("s + -1 * s is indifference", s + -1 * s, indifference{});
    });
}

/// A profile on whole placements: the choice is the best of the survivors, and every account agrees
/// with it.
template <class Profile, class Tasks, class Nodes, class Report>
auto placement(Profile const& profile, Tasks const& tasks, Nodes const& nodes, Report report) -> void {
    detail::for_each_task(
        tasks, nodes, profile.describe(), [&](auto const& task, auto hosts, std::string const& where) {
            auto const account = schedule::explain(task, hosts, profile);
            auto const answer = schedule::place(task, hosts, profile);
            auto work = workspace{};
            auto const in_workspace = schedule::place(task, hosts, profile, work);
            report("a workspace does not change the answer", answer == in_workspace, where);
            auto survivors = std::size_t{0};
            auto greatest = true;
            auto equals = std::size_t{0};
            for (auto const& node : account.nodes) {
                if (!node.says.accepted()) continue;
                ++survivors;
                greatest = greatest && answer && node.total <= answer->total;
                equals += answer && node.total == answer->total ? 1U : 0U;
            }
            report("a task is refused exactly when every node refuses it",
                   answer.has_value() == (survivors > 0), where);
            if (answer) {
                report("no survivor has a greater total", greatest, where);
                report("the explanation chooses the same node", account.chosen == *answer, where);
                report("ties and survivors are counted",
                       equals == answer->ties && survivors == answer->feasible, where);
            } else {
                auto told = answer.error().refused.size() == hosts.size();
                for (auto const& node : answer.error().refused) {
                    told = told && !node.filter.empty() && node.says == account.nodes[node.node].says;
                }
                report("a refusal tells every node's filter and reasons", told, where);
            }
        });
}

} // namespace berth::schedule::laws

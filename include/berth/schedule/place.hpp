#pragma once

/// \file
/// The decision: which node is the best place for a task under a profile, or why there is none.

#include <berth/schedule/check.hpp>
#include <berth/schedule/detail/panel.hpp>
#include <berth/schedule/profile.hpp>
#include <berth/schedule/refusal.hpp>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <limits>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule {

/// Where a task goes.
struct placement {
    std::size_t node = 0;     ///< index into the nodes that were offered
    points total = 0;         ///< its total, the greatest of all
    std::size_t ties = 1;     ///< how many nodes share that total, this one included
    std::size_t feasible = 1; ///< how many nodes passed the filter

    friend constexpr auto operator==(placement const&, placement const&) -> bool = default;
};

/// Memory that placements reuse: with a workspace that has seen as many nodes, `place` allocates
/// nothing unless it refuses. One workspace serves one placement at a time.
struct workspace {
    std::vector<std::size_t> survivors;
    std::vector<std::size_t> equals; ///< after a placement with a tie policy: the indices of the best nodes
    std::vector<points> totals;
    std::vector<points> column;
    std::uint64_t turn = 0; ///< how many placements were made: what a seeded tie policy draws by
};

namespace detail {

/// The best so far; collects the equals only for a tie policy that looks at them.
template <class Tie> class best_of {
public:
    constexpr explicit best_of(std::vector<std::size_t>& equals) : equals_(&equals) { equals.clear(); }

    constexpr auto offer(std::size_t node, points total) -> void {
        ++found_.feasible;
        if (total < found_.total) return; // most are; one comparison is all that they cost
        if (total > found_.total) {
            found_.node = node;
            found_.total = total;
            found_.ties = 1;
            if constexpr (collects) equals_->assign(1, node);
        } else {
            offer_equal(node, total);
        }
    }
    [[nodiscard]] constexpr auto any() const -> bool { return found_.feasible > 0; }
    template <class Node>
    constexpr auto take(Tie const& tie, std::uint64_t turn, std::span<Node const> nodes) -> placement {
        if constexpr (collects)
            found_.node = choose(tie, std::span<std::size_t const>(*equals_), turn, nodes);
        return found_;
    }

private:
    static constexpr bool collects = !std::is_same_v<Tie, lowest_index>;
    static constexpr auto worst = -std::numeric_limits<points>::infinity();

    /// As good as the best so far; or not a number, which counts as the worst.
    constexpr auto offer_equal(std::size_t node, points total) -> void {
        if (total != total && found_.total > worst) return;
        if (found_.ties++ == 0) found_.node = node;
        if constexpr (collects) equals_->push_back(node);
    }

    placement found_{.node = 0, .total = worst, .ties = 0, .feasible = 0};
    std::vector<std::size_t>* equals_;
};

/// Keeps no account of how a placement is decided.
struct no_record {
    static constexpr bool on = false;
};

/// The refusal of all nodes; filters are pure, so asking again gives the verdicts that the first
/// pass did not keep.
template <class Panel> auto refuse(Panel const& asked, std::size_t nodes) -> refusal {
    auto out = refusal{.nodes = nodes, .refused = {}};
    out.refused.reserve(nodes);
    for (std::size_t i = 0; i < nodes; ++i) {
        auto why = asked.report(i);
        out.read |= why.read;
        out.leaves |= why.leaves;
        out.refused.push_back({i, std::move(why.by), std::move(why.says)});
    }
    return out;
}

/// Filter, score and choice in one pass, for scores that need no column. It is part of its callers, and so
/// are they: the weights of a profile that is a constant are constants here at -O2 too
/// (`bench/schedule/composition`).
template <class P, class Panel, class Task, class Node, class Shared>
[[gnu::always_inline]] constexpr auto find_in_one_pass(P const& p, Panel const& asked, Task const& task,
                                                       std::span<Node const> nodes, Shared const& shared,
                                                       best_of<decltype(P::tie)> best)
    -> best_of<decltype(P::tie)> {
    auto const scoring = prepare_score(p.score, task, candidates<Node>{nodes, {}}, shared);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (asked.accepts(i)) best.offer(i, total_of(p.score, scoring, task, nodes[i]));
    }
    return best;
}

/// The survivors of the filter, ascending, into `survivors`.
template <class Panel, class Record>
constexpr auto sift(Panel const& asked, std::size_t nodes, std::vector<std::size_t>& survivors,
                    Record& record) -> void {
    survivors.clear();
    for (std::size_t i = 0; i < nodes; ++i) {
        if constexpr (Record::on) {
            if (record.judged(i, asked.report_all(i))) survivors.push_back(i);
        } else {
            if (asked.accepts(i)) survivors.push_back(i);
        }
    }
}

/// The survivors first, then the columns of all scores, then the choice.
template <class P, class Panel, class Task, class Node, class Shared, class Record>
constexpr auto find_by_columns(P const& p, Panel const& asked, Task const& task, std::span<Node const> nodes,
                               Shared const& shared, workspace& work, best_of<decltype(P::tie)> best,
                               Record& record) -> best_of<decltype(P::tie)> {
    sift(asked, nodes.size(), work.survivors, record);
    if (work.survivors.empty()) return best;
    work.totals.resize(work.survivors.size());
    work.column.resize(work.survivors.size());
    auto const found = candidates<Node>{nodes, work.survivors};
    auto const scoring = prepare_score(p.score, task, found, shared);
    auto const totals = std::span(work.totals);
    if constexpr (Record::on) {
        fill_totals(p.score, scoring, task, found, totals, std::span(work.column), record.columns(found));
        record.added_up(found, totals);
    } else {
        fill_totals(p.score, scoring, task, found, totals, std::span(work.column));
    }
    for (std::size_t i = 0; i < found.size(); ++i) best.offer(found.index(i), work.totals[i]);
    return best;
}

/// A contiguous sequence of nodes as a span of constants.
template <class Nodes>
concept contiguous = requires(Nodes const& nodes) { std::span(nodes); };
template <class Nodes>
using node_of = std::remove_cv_t<typename decltype(std::span(std::declval<Nodes const&>()))::element_type>;

/// The node that is promised to a task, if it will do; it is taken without a look at the others.
template <class Panel, class Task, class Outlook>
constexpr auto promised(Panel const& asked, Task const& task, std::size_t nodes, Outlook const& outlook)
    -> std::optional<placement> {
    if constexpr (looks_ahead<Outlook>) {
        auto const at = outlook.promised(task);
        if (at && *at < nodes && asked.accepts(*at)) return placement{.node = *at};
    }
    return std::nullopt;
}

/// The decision. Where there is none, `otherwise(refusal, state of the filter)` is called while what was
/// prepared is still there.
template <class Universe, class Task, class Node, class P, class Record, class Outlook, class Otherwise>
[[gnu::always_inline]] constexpr auto decide(Task const& task, std::span<Node const> nodes, P const& p,
                                             workspace& work, Record& record, Outlook const& outlook,
                                             Otherwise otherwise) -> std::expected<placement, refusal> {
    auto const shared = p.prepare(task, nodes);
    auto const filtering = prepare(p.filter, task, nodes, shared);
    auto const asked = panel_of<Universe>(p, filtering, task, nodes, outlook);
    auto const first = promised(asked, task, nodes.size(), outlook);
    if constexpr (!Record::on) {
        if (first) return *first;
    }
    auto best = best_of<decltype(P::tie)>(work.equals);
    if constexpr (!Record::on && is_pointwise<decltype(P::score), Task, Node, shared_of<P, Task, Node>>()) {
        best = find_in_one_pass(p, asked, task, nodes, shared, best);
    } else {
        best = find_by_columns(p, asked, task, nodes, shared, work, best, record);
    }
    if (best.any()) {
        auto const where = first ? *first : best.take(p.tie, work.turn++, nodes);
        if constexpr (Record::on) record.chose(where);
        return where;
    }
    auto why = [&] {
        if constexpr (Record::on) return record.refused();
        else return refuse(asked, nodes.size());
    }();
    otherwise(std::as_const(why), filtering);
    return std::unexpected(std::move(why));
}

template <class Task, class Node, class P>
[[gnu::always_inline]] constexpr auto place(Task const& task, std::span<Node const> nodes, P const& p,
                                            workspace& work) -> std::expected<placement, refusal> {
    auto record = no_record{};
    return decide<universe_of<P>>(task, nodes, p, work, record, as_they_are{},
                                  [](auto const&, auto const&) {});
}

} // namespace detail

/// The best of `nodes` for `task`: all nodes are evaluated, the greatest total wins, equals go to
/// `profile.tie`.
///
/// `nodes` is any contiguous sequence (a vector, an array, a span); the placement holds an index
/// into it. When every node refuses, the refusal tells each node's filter and reasons. A pure
/// function of its arguments, the workspace's `turn` being one. Linear in the number of nodes;
/// allocates only what the workspace lacks, and a refusal.
template <class Task, class Nodes, class Profile>
[[nodiscard, gnu::always_inline]] constexpr auto place(Task const& task, Nodes const& nodes,
                                                       Profile const& profile, workspace& work)
    -> std::expected<placement, refusal> {
    constexpr auto in_a_row = detail::contiguous<Nodes>;
    static_assert(in_a_row, "place: the nodes must be a vector, an array or a span");
    if constexpr (in_a_row) {
        using node = detail::node_of<Nodes>;
        constexpr auto good = detail::check_profile<Profile, Task, node>();
        if constexpr (good) return detail::place(task, std::span<node const>(nodes), profile, work);
    }
    return std::unexpected(refusal{});
}

/// The same with a workspace of its own.
template <class Task, class Nodes, class Profile>
[[nodiscard]] constexpr auto place(Task const& task, Nodes const& nodes, Profile const& profile)
    -> std::expected<placement, refusal> {
    auto work = workspace{};
    return schedule::place(task, nodes, profile, work);
}

} // namespace berth::schedule

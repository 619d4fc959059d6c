#pragma once

/// \file
/// What would have to change so that a node takes a task that it refuses.
///
/// A leaf of the filter may have a member `remedies(task, node) -> std::vector<remedy>`, with its prepared
/// state as third argument if it likes. It is called where the leaf refuses, and answers what would have to
/// change for this leaf, all of it together and no more than that; nothing where it knows nothing. A remedy
/// is a value of the user's, one type for all leaves of a filter:
/// ```cpp
/// struct more_cpu {
///     int amount;
///     auto changes_task() const -> bool { return false; }     // of two `apply_to` which one counts
///     auto apply_to(task&) const -> void {}
///     auto apply_to(host& h) const -> void { h.cpu_free += amount; }
///     auto text() const -> std::string { return std::to_string(amount) + " more cpu"; }
///     friend auto operator==(more_cpu const&, more_cpu const&) -> bool = default;
/// };
/// ```
/// It may have a member `about() -> std::string`, what it changes without how much, by which nodes are
/// grouped (else its text is), and a member `size()`, how much, by which they are ordered.
///
/// `advise` asks all leaves, makes the changes on copies, asks again, and goes on until the node accepts or
/// nobody knows more. Its law (`laws/remedies.hpp`): where the advice is complete and all its changes are
/// made, the node accepts the task.

#include <berth/schedule/check.hpp>
#include <berth/schedule/detail/panel.hpp>
#include <berth/schedule/place.hpp>
#include <berth/schedule/replace.hpp>

#include <concepts>
#include <cstddef>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule {

/// A change of a task or of a node that is told, compared and made.
template <class R, class Task, class Node>
concept remedy_for = std::equality_comparable<R> && requires(R const& r, Task& task, Node& node) {
    { r.changes_task() } -> std::same_as<bool>;
    r.apply_to(task);
    r.apply_to(node);
    { r.text() } -> std::convertible_to<std::string>;
};

/// The remedy of a filter none of whose leaves knows one.
struct no_remedy {
    [[nodiscard]] auto changes_task() const -> bool { return false; }
    template <class Any> auto apply_to(Any&) const -> void {}
    [[nodiscard]] auto text() const -> std::string { return {}; }
    friend auto operator==(no_remedy, no_remedy) -> bool = default;
};

/// What one node would need.
template <class R> struct node_advice {
    std::size_t node = 0;              ///< index into the nodes that were offered
    std::vector<R> changes;            ///< all of them together
    std::vector<std::string> helpless; ///< filters that refuse whatever is known to help; empty: complete

    [[nodiscard]] auto complete() const -> bool { return helpless.empty(); }
    friend auto operator==(node_advice const&, node_advice const&) -> bool = default;
};

/// What the nodes that refuse a task would need, in their order.
template <class R> struct advice {
    std::size_t accepting = 0; ///< how many nodes will do as they are
    std::vector<node_advice<R>> nodes;
};

namespace detail {

struct has_remedies {
    int remedies;
};
template <class L>
concept mentions_remedies = can_inherit<L> && !requires { &with_both<L, has_remedies>::remedies; };

/// What a leaf says would help, with its state if it wants it.
template <class F, class State, class Task, class Node>
constexpr auto call_remedies(F const& f, State const& state, Task const& task, Node const& node) {
    if constexpr (requires { f.remedies(task, node); }) {
        return f.remedies(task, node);
    } else if constexpr (is_optional<State> || is_expected<State>) {
        return f.remedies(task, node, *state);
    } else if constexpr (is_borrowed<State>) {
        return f.remedies(task, node, *state.value);
    } else {
        return f.remedies(task, node, state);
    }
}

/// The type of a filter's remedies; `void` if none of its leaves knows any.
template <class F, class Task, class Node, class Shared> struct remedy_in {
    static consteval auto find() {
        if constexpr (mentions_remedies<callable_t<F>>) {
            using answer = decltype(call_remedies(std::declval<callable_t<F> const&>(),
                                                  std::declval<state_of<F, Task, Node, Shared> const&>(),
                                                  std::declval<Task const&>(), std::declval<Node const&>()));
            return std::type_identity<typename answer::value_type>{};
        } else {
            return std::type_identity<void>{};
        }
    }
    using type = typename decltype(find())::type;
};
template <class L, class R> struct common_remedy {
    static_assert(std::is_void_v<L> || std::is_void_v<R> || std::is_same_v<L, R>,
                  "all leaves of a filter must answer remedies of one type");
    using type = std::conditional_t<std::is_void_v<L>, R, L>;
};
template <class F, class Task, class Node, class Shared>
    requires(conjunction<F> || is_filter_or<F>)
struct remedy_in<F, Task, Node, Shared>
    : common_remedy<typename remedy_in<decltype(F::left), Task, Node, Shared>::type,
                    typename remedy_in<decltype(F::right), Task, Node, Shared>::type> {};
template <class F, class Task, class Node, class Shared>
    requires is_filter_not<F>
struct remedy_in<F, Task, Node, Shared> {
    using type = void; // what makes a filter accept does not make it refuse
};
template <class P, class Task, class Node>
using remedy_of_profile = typename remedy_in<decltype(P::filter), Task, Node, shared_of<P, Task, Node>>::type;

/// The type of what `advise` answers for a profile.
template <class P, class Task, class Node>
using remedy_of = std::conditional_t<std::is_void_v<remedy_of_profile<P, Task, Node>>, no_remedy,
                                     remedy_of_profile<P, Task, Node>>;

/// What all that refuse say would help.
template <class R> struct proposal {
    std::vector<R> changes;
    std::vector<std::string> helpless;

    auto add(R change) -> void {
        for (auto const& c : changes)
            if (c == change) return;
        changes.push_back(std::move(change));
    }
    auto add_helpless(std::string name) -> void {
        for (auto const& h : helpless)
            if (h == name) return;
        helpless.push_back(std::move(name));
    }
    auto add(proposal other) -> void {
        for (auto& c : other.changes) add(std::move(c));
        for (auto& h : other.helpless) add_helpless(std::move(h));
    }
    [[nodiscard]] auto nothing() const -> bool { return changes.empty() && helpless.empty(); }
    /// Whether it is better to follow than another: complete, then the fewer changes.
    [[nodiscard]] auto better_than(proposal const& other) const -> bool {
        if (helpless.empty() != other.helpless.empty()) return helpless.empty();
        return changes.size() < other.changes.size();
    }
};

template <class R, class F, class Task, class Node, class State>
auto propose_leaf(F const& f, Task const& task, Node const& node, State const& state) -> proposal<R> {
    auto out = proposal<R>{};
    if (ask(f, task, node, state).accepted()) return out;
    if constexpr (mentions_remedies<callable_t<F>>) {
        auto prepared = true;
        if constexpr (is_expected<State>) prepared = state.has_value();
        if (prepared)
            for (auto& change : call_remedies(callable_of(f), state, task, node)) out.add(std::move(change));
    }
    if (out.changes.empty()) out.add_helpless(std::string(F::name));
    return out;
}

/// What would help against all refusals of one node: of a disjunction the better side.
template <class R, class F, class Task, class Node, class State>
auto propose(F const& f, Task const& task, Node const& node, State const& state) -> proposal<R> {
    if constexpr (conjunction<F>) {
        auto out = propose<R>(f.left, task, node, state.left);
        out.add(propose<R>(f.right, task, node, state.right));
        return out;
    } else if constexpr (is_filter_or<F>) {
        auto first = propose<R>(f.left, task, node, state.left);
        auto second = propose<R>(f.right, task, node, state.right);
        if (first.nothing() || second.nothing()) return {};
        return second.better_than(first) ? second : first;
    } else if constexpr (is_filter_not<F>) {
        auto out = proposal<R>{};
        if (!accepts(f, task, node, state)) out.add_helpless(describe(f));
        return out;
    } else {
        return propose_leaf<R>(f, task, node, state);
    }
}

/// Looks for what would help, one node after the other.
template <class R, class P, class Task, class Node> class adviser {
public:
    adviser(Task const& task, std::span<Node const> nodes, P const& p)
        : profile_(&p), task_(&task), nodes_(nodes), as_it_is_(task, nodes, p) {}

    /// Nothing if the node accepts.
    [[nodiscard]] auto operator()(std::size_t at) -> std::optional<node_advice<R>> {
        auto const& node = nodes_[at];
        auto found = propose<R>(profile_->filter, as_it_is_.task, node, as_it_is_.state);
        if (found.nothing()) return std::nullopt;
        auto changed = node;
        auto changes = proposal<R>{};
        for (auto round = 0; round < most_rounds && !found.nothing(); ++round) {
            auto const known = changes.changes.size();
            for (auto& c : found.changes) changes.add(std::move(c));
            if (!found.helpless.empty() || changes.changes.size() == known) break;
            for (auto i = known; i < changes.changes.size(); ++i)
                if (!changes.changes[i].changes_task()) changes.changes[i].apply_to(changed);
            found = ask_again(at, changed, changes.changes);
        }
        if (!found.nothing() && found.helpless.empty())
            found.helpless = refusing(at, changed, changes.changes);
        return node_advice<R>{at, std::move(changes.changes), std::move(found.helpless)};
    }

private:
    using filter = std::remove_cvref_t<decltype(P::filter)>;
    using shared = shared_of<P, Task, Node>;
    using state = state_of<filter, Task, Node, shared>;

    static constexpr auto most_rounds = 8;        // each brings at least one more change
    static constexpr auto kept = std::size_t{64}; // tasks that are kept prepared

    /// A task and what the filter prepared for it. It stays where it is: the state may refer to it.
    struct prepared {
        Task task;
        shared common;
        detail::state_of<filter, Task, Node, shared> state;

        prepared(Task t, std::span<Node const> nodes, P const& p)
            : task(std::move(t)),
              common(p.prepare(task, nodes)),
              state(detail::prepare(p.filter, task, nodes, common)) {}
        prepared(prepared const&) = delete;
        auto operator=(prepared const&) -> prepared& = delete;
    };
    struct changed_task {
        std::vector<R> changes;
        prepared with;

        changed_task(std::vector<R> c, Task task, std::span<Node const> nodes, P const& p)
            : changes(std::move(c)), with(std::move(task), nodes, p) {}
    };

    /// The task after those of the changes that are about it.
    auto task_after(std::vector<R> const& changes) -> prepared const& {
        auto mine = std::vector<R>{};
        for (auto const& c : changes)
            if (c.changes_task()) mine.push_back(c);
        if (mine.empty()) return as_it_is_;
        for (auto const& t : changed_)
            if (t.changes == mine) return t.with;
        if (changed_.size() >= kept) changed_.clear();
        auto task = *task_;
        for (auto const& c : mine) c.apply_to(task);
        return changed_.emplace_back(std::move(mine), std::move(task), nodes_, *profile_).with;
    }
    /// Calls `f(task, state)` as they are after the changes and with this value of the node.
    template <class F> auto as_if(std::size_t at, Node const& node, std::vector<R> const& changes, F f) {
        auto const& to = task_after(changes);
        auto const what = change<Node>{at, nodes_[at], node};
        if constexpr (std::is_same_v<shared, nothing> && !prepares_from_nodes<filter, Task, Node>()) {
            return f(to.task, to.state);
        } else {
            if (copy_.empty()) copy_.assign(nodes_.begin(), nodes_.end());
            copy_[at] = node;
            auto const all = std::span<Node const>(copy_);
            auto const common = profile_->prepare(to.task, all);
            auto const then = detail::advance(profile_->filter, to.state, to.task, what, all, common);
            auto out = f(to.task, then);
            copy_[at] = nodes_[at];
            return out;
        }
    }
    auto ask_again(std::size_t at, Node const& node, std::vector<R> const& changes) -> proposal<R> {
        return as_if(at, node, changes, [&](Task const& task, auto const& then) {
            return propose<R>(profile_->filter, task, node, then);
        });
    }
    auto refusing(std::size_t at, Node const& node, std::vector<R> const& changes)
        -> std::vector<std::string> {
        return as_if(at, node, changes, [&](Task const& task, auto const& then) {
            auto out = std::vector<std::string>{};
            for_each_refusal<no_universe>(profile_->filter, task, node, then,
                                          [&](told what) { out.push_back(what.by.str()); });
            return out;
        });
    }

    P const* profile_;
    Task const* task_;
    std::span<Node const> nodes_;
    prepared as_it_is_;
    std::deque<changed_task> changed_; // they stay where they are
    std::vector<Node> copy_;
};

template <class Task, class Node, class P>
auto advise(Task const& task, std::span<Node const> nodes, P const& p) -> advice<remedy_of<P, Task, Node>> {
    using remedy = remedy_of<P, Task, Node>;
    static_assert(remedy_for<remedy, Task, Node>,
                  "a remedy has changes_task() -> bool, apply_to(task&), apply_to(node&), text() and ==");
    auto out = advice<remedy>{};
    auto ask = adviser<remedy, P, Task, Node>(task, nodes, p);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (auto one = ask(i)) out.nodes.push_back(*std::move(one));
        else ++out.accepting;
    }
    return out;
}

} // namespace detail

/// What each node that refuses the task would need to accept it, with all other nodes as they are. A pure
/// function of its arguments. For each refused node, two or three times the cost of asking it; where a leaf
/// surveys the cluster and has no `advance`, as many times the cost of preparing. Allocates.
template <class Task, class Nodes, class Profile>
[[nodiscard]] auto advise(Task const& task, Nodes const& nodes, Profile const& profile) {
    constexpr auto in_a_row = detail::contiguous<Nodes>;
    static_assert(in_a_row, "advise: the nodes must be a vector, an array or a span");
    if constexpr (in_a_row) {
        using node = detail::node_of<Nodes>;
        constexpr auto good = detail::check_profile<Profile, Task, node>();
        if constexpr (good) return detail::advise(task, std::span<node const>(nodes), profile);
    }
}

/// Nodes that need the same things, if not as much of them.
template <class R> struct advice_group {
    std::vector<node_advice<R>> nodes; ///< the cheapest first

    /// "500m more cpu and 1 more pod", with the least and the most where they differ; or who refuses for
    /// good.
    [[nodiscard]] auto text() const -> std::string;
};

namespace detail {

template <class R> auto about(R const& r) -> std::string {
    if constexpr (requires { r.about(); }) return r.about();
    else return r.text();
}
/// By which advice is grouped.
template <class R> auto about(node_advice<R> const& a) -> std::vector<std::string> {
    auto out = std::vector<std::string>{};
    for (auto const& c : a.changes) out.push_back(about(c));
    out.push_back({}); // between what would help and those who are beyond help
    out.insert(out.end(), a.helpless.begin(), a.helpless.end());
    return out;
}
template <class R> auto cheaper(node_advice<R> const& a, node_advice<R> const& b) -> bool {
    if constexpr (requires(R const& r) { r.size(); }) {
        for (std::size_t i = 0; i < a.changes.size(); ++i)
            if (a.changes[i].size() != b.changes[i].size()) return a.changes[i].size() < b.changes[i].size();
    }
    return false;
}
/// Complete advice first, then the fewer changes, then the more nodes.
template <class R> auto before(advice_group<R> const& a, advice_group<R> const& b) -> bool {
    auto const& x = a.nodes.front();
    auto const& y = b.nodes.front();
    if (x.complete() != y.complete()) return x.complete();
    if (x.changes.size() != y.changes.size()) return x.changes.size() < y.changes.size();
    return a.nodes.size() > b.nodes.size();
}

} // namespace detail

/// The advice by what it is about: what can be done first, with the fewest changes first, then what helps
/// more nodes.
template <class R> [[nodiscard]] auto group(advice<R> const& all) -> std::vector<advice_group<R>> {
    auto keys = std::vector<std::vector<std::string>>{};
    auto found = std::vector<advice_group<R>>{};
    for (auto const& a : all.nodes) {
        auto key = detail::about(a);
        std::size_t at = 0;
        while (at < keys.size() && keys[at] != key) ++at;
        if (at == keys.size()) {
            keys.push_back(std::move(key));
            found.emplace_back();
        }
        auto& in = found[at].nodes;
        auto place = in.end();
        while (place != in.begin() && detail::cheaper(a, *std::prev(place))) --place;
        in.insert(place, a);
    }
    auto out = std::vector<advice_group<R>>{};
    for (auto& g : found) {
        auto at = out.end();
        while (at != out.begin() && detail::before(g, *std::prev(at))) --at;
        out.insert(at, std::move(g));
    }
    return out;
}

template <class R> auto advice_group<R>::text() const -> std::string {
    auto out = std::string{};
    auto const& least = nodes.front();
    auto const& most = nodes.back();
    for (std::size_t i = 0; i < least.changes.size(); ++i) {
        if (i > 0) out += i + 1 == least.changes.size() ? " and " : ", ";
        auto const from = least.changes[i].text();
        auto const to = most.changes[i].text();
        out += from == to ? from : from + " to " + to;
    }
    if (least.complete()) return out;
    if (!out.empty()) out += "; ";
    out += "nothing is known to help with ";
    for (std::size_t i = 0; i < least.helpless.size(); ++i) out += (i == 0 ? "" : ", ") + least.helpless[i];
    return out;
}

} // namespace berth::schedule

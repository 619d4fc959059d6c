#pragma once

/// \file
/// The profile: one aggregate that holds a whole policy. A field is an extension point; each has a
/// sound default, and a field that is not given takes no space and no time.
///
/// ```cpp
/// constexpr auto batch = schedule::profile{
///     .name   = "batch",
///     .filter = fits and tolerates and not cordoned,
///     .score  = 3 * roomy + prefer_zone({.zone = 1}),
/// };
/// batch.describe();   // "batch: fits and tolerates and not cordoned; 3 * roomy + prefer zone"
/// ```
/// The fields stand in the order in which a task meets them.

#include <berth/core/error.hpp>
#include <berth/schedule/column.hpp>
#include <berth/schedule/eviction.hpp>
#include <berth/schedule/filter.hpp>
#include <berth/schedule/permission.hpp>
#include <berth/schedule/score.hpp>
#include <berth/schedule/tie.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace berth::schedule {

struct refusal;

/// The defaults of the extension points.
namespace defaults {
/// `.enqueue`: every task may be tried at once.
struct always {
    template <class Task> constexpr auto operator()(Task const&) const -> verdict { return {}; }
};
/// `.order`: as they came.
struct as_they_came {
    template <class Task> constexpr auto operator()(Task const&, Task const&) const -> bool { return false; }
};
/// `.prepare`: nothing is shared between the leaves.
struct nothing_shared {
    template <class Task, class Node>
    constexpr auto operator()(Task const&, std::span<Node const>) const -> detail::nothing {
        return {};
    }
};
/// `.preempt`: nobody is asked to leave.
struct nobody_leaves {
    template <class Task, class Node>
    constexpr auto operator()(Task const&, std::span<Node const>, refusal const&) const
        -> std::optional<eviction<nobody>> {
        return {};
    }
};
/// `.reserve`: no books are kept.
struct no_books {
    template <class Task, class Node> constexpr auto operator()(Task const&, Node&) const -> void {}
};
/// `.release`: no books are kept.
struct no_books_to_mend {
    template <class Task, class Node> constexpr auto operator()(Task const&, Node&) const -> void {}
};
/// `.permit`: no last word.
struct permitted {
    template <class Task, class Node> constexpr auto operator()(Task const&, Node const&) const -> verdict {
        return {};
    }
};
/// `.pre_bind`: nothing is to be done before.
struct ready_to_bind {
    template <class Task, class Node> constexpr auto operator()(Task const&, Node const&) const
        -> result<void> {
        return {};
    }
};
/// `.post_bind`: nothing is to be done after.
struct nothing_to_add {
    template <class Task, class Node> constexpr auto operator()(Task const&, Node const&) const -> void {}
};
/// `.bind`: there is nobody to tell.
struct nobody_to_tell {
    template <class Task, class Node> constexpr auto operator()(Task const&, Node const&) const
        -> result<void> {
        return {};
    }
};
} // namespace defaults

namespace detail {
/// The truth of a concept without the compiler's lecture on why.
template <bool Truth> inline constexpr bool holds = Truth;

/// A reservation that something may follow can be taken back.
template <class Reserve, class Release, class Permit, class PreBind, class Bind>
inline constexpr bool can_undo =
    std::same_as<Reserve, defaults::no_books> || !std::same_as<Release, defaults::no_books_to_mend> ||
    (std::same_as<Permit, defaults::permitted> && std::same_as<PreBind, defaults::ready_to_bind> &&
     std::same_as<Bind, defaults::nobody_to_tell>);
} // namespace detail

/// A whole policy as a value. Template arguments are deduced from the initialisers.
template <class Enqueue = defaults::always, class Order = defaults::as_they_came,
          class Prepare = defaults::nothing_shared, class Filter = everything,
          class Preempt = defaults::nobody_leaves, class Score = indifference, class Tie = lowest_index,
          class Reserve = defaults::no_books, class Release = defaults::no_books_to_mend,
          class Permit = defaults::permitted, class PreBind = defaults::ready_to_bind,
          class Bind = defaults::nobody_to_tell, class PostBind = defaults::nothing_to_add>
struct profile {
    /// What the policy is called in descriptions and reports.
    std::string_view name = "unnamed";
    /// `(task const&) -> verdict`: may the task be tried at all?
    [[no_unique_address]] Enqueue enqueue{};
    /// `(task const& a, task const& b) -> bool`: a goes before b; a strict weak order.
    [[no_unique_address]] Order order{};
    /// `(task const&, std::span<node const>) -> state`: computed once per placement, and given to
    /// every leaf that has no `prepare` of its own and takes a third (for a column, fourth)
    /// argument.
    [[no_unique_address]] Prepare prepare{};
    /// A filter expression: which nodes will do.
    [[no_unique_address]] Filter filter{};
    /// `(task const&, std::span<node const>, refusal const&) -> std::optional<eviction<victim>>`, or
    /// `-> std::expected<eviction<victim>, std::string>` if it says why there is none; and if it likes a last
    /// argument `what_if const&`, by which it asks the filter about nodes without some of their tasks. Called
    /// when no node will do; may name a node and who should leave it.
    [[no_unique_address]] Preempt preempt{};
    /// A score expression: which of them is best.
    [[no_unique_address]] Score score{};
    /// Which of equals: see `tie.hpp`.
    [[no_unique_address]] Tie tie{};
    /// `(task const&, node&) -> void`: enters the task into the node's books; or `-> verdict`, and a refusal
    /// is followed by `.release` as if it had been entered.
    [[no_unique_address]] Reserve reserve{};
    /// `(task const&, node&) -> void`: takes it out again. Called exactly once for each reservation
    /// that does not end in a bind.
    [[no_unique_address]] Release release{};
    /// `(task const&, node const&) -> verdict`, or `-> permission`: the last word. Yes, no, or wait:
    /// see `permission.hpp`.
    [[no_unique_address]] Permit permit{};
    /// `(task const&, node const&) -> result<void>`: what must be done in the world before; after an error
    /// the reservation is released. Or `-> permission`, if the world takes its time: after a `wait_for` it is
    /// asked again whenever the world may have got on (`cycle::go_on`), and so must do only once what is to
    /// be done once.
    [[no_unique_address]] PreBind pre_bind{};
    /// `(task const&, node const&) -> result<void>`: tells the world. After an error the reservation
    /// is released; after `timeout` or `unavailable` nobody knows what the world has heard, and it is
    /// kept until somebody does.
    [[no_unique_address]] Bind bind{};
    /// `(task const&, node const&) -> void`: hears that the task is bound.
    [[no_unique_address]] PostBind post_bind{};

    static_assert(detail::holds<filter_expression<Filter>>,
                  "profile.filter must be a filter: wrap a callable as "
                  "schedule::filter<\"name\">(callable); scores go into profile.score");
    static_assert(detail::holds<score_expression<Score>>,
                  "profile.score must be a score: wrap a callable as "
                  "schedule::score<\"name\">(callable); filters go into profile.filter");
    static_assert(detail::holds<tie_policy<Tie>>,
                  "profile.tie must be callable as "
                  "(std::span<std::size_t const> equals, std::uint64_t turn) -> std::size_t");
    static_assert(
        detail::can_undo<Reserve, Release, Permit, PreBind, Bind>,
        "profile.reserve needs its counterpart profile.release where .permit or .bind may still say no");

    /// The policy in one line: name, filter, score.
    [[nodiscard]] auto describe() const -> std::string {
        return std::string(name) + ": " + schedule::describe(filter) + "; " + schedule::describe(score);
    }
};

namespace detail {

/// A profile with another `.enqueue` and another `.order`.
template <class P, class Enqueue, class Order>
constexpr auto with_queue(P p, Enqueue enqueue, Order order) {
    return profile{.name = p.name,
                   .enqueue = std::move(enqueue),
                   .order = std::move(order),
                   .prepare = std::move(p.prepare),
                   .filter = std::move(p.filter),
                   .preempt = std::move(p.preempt),
                   .score = std::move(p.score),
                   .tie = std::move(p.tie),
                   .reserve = std::move(p.reserve),
                   .release = std::move(p.release),
                   .permit = std::move(p.permit),
                   .pre_bind = std::move(p.pre_bind),
                   .bind = std::move(p.bind),
                   .post_bind = std::move(p.post_bind)};
}

template <class P> inline constexpr bool is_profile = false;
template <class... Parts> inline constexpr bool is_profile<profile<Parts...>> = true;

/// What the profile prepares for its leaves.
template <class P, class Task, class Node>
using shared_of = std::remove_cvref_t<decltype(std::declval<P const&>().prepare(
    std::declval<Task const&>(), std::declval<std::span<Node const>>()))>;

template <class P, class Task>
concept enqueue_fits = requires(P const& p, Task const& task) {
    { p.enqueue(task) } -> std::same_as<verdict>;
};
template <class P, class Task>
concept order_fits = requires(P const& p, Task const& task) {
    { p.order(task, task) } -> std::same_as<bool>;
};
template <class P, class Task, class Node>
concept prepare_fits = requires(P const& p, Task const& task, std::span<Node const> nodes) {
    p.prepare(task, nodes);
    requires !std::is_void_v<decltype(p.prepare(task, nodes))>;
};
/// What `.preempt` may ask.
template <class P, class Task, class Node, class Outlook = as_they_are>
using what_if_of =
    what_if<decltype(P::filter), state_of<decltype(P::filter), Task, Node, shared_of<P, Task, Node>>, Task,
            Node, decltype(P::prepare), Outlook>;

/// Calls `.preempt`, with the question if it takes one.
template <class P, class Task, class Node, class WhatIf>
constexpr auto call_preempt(P const& p, Task const& task, std::span<Node const> nodes, refusal const& why,
                            WhatIf const& ask) {
    if constexpr (requires { p.preempt(task, nodes, why, ask); }) {
        return p.preempt(task, nodes, why, ask);
    } else {
        return p.preempt(task, nodes, why);
    }
}
template <class P, class Task, class Node, class WhatIf = what_if_of<P, Task, Node>>
concept preempt_is_called = requires(P const& p, Task const& task, std::span<Node const> nodes,
                                     refusal const& why, WhatIf const& ask) {
    p.preempt(task, nodes, why, ask);
} || requires(P const& p, Task const& task, std::span<Node const> nodes, refusal const& why) {
    p.preempt(task, nodes, why);
};
/// What `.preempt` answers.
template <class P, class Task, class Node>
using preempt_answer =
    decltype(call_preempt(std::declval<P const&>(), std::declval<Task const&>(),
                          std::declval<std::span<Node const>>(), std::declval<refusal const&>(),
                          std::declval<what_if_of<P, Task, Node> const&>()));
template <class P, class Task, class Node>
concept preempt_fits =
    preempt_is_called<P, Task, Node> && is_possible_eviction<preempt_answer<P, Task, Node>>;
/// Who is evicted under a profile.
template <class P, class Task, class Node>
using victim_of = typename preempt_answer<P, Task, Node>::value_type::victim;

template <class Answer>
concept void_or_verdict = std::same_as<Answer, void> || std::same_as<Answer, verdict>;
template <class P, class Task, class Node>
concept reserve_fits = requires(P const& p, Task const& task, Node& node) {
    { p.reserve(task, node) } -> void_or_verdict;
};
template <class P, class Task, class Node>
concept release_fits = requires(P const& p, Task const& task, Node& node) {
    { p.release(task, node) } -> std::same_as<void>;
};
template <class Answer>
concept permit_answer = std::same_as<Answer, verdict> || std::same_as<Answer, permission>;
template <class P, class Task, class Node>
concept permit_fits = requires(P const& p, Task const& task, Node const& node) {
    { p.permit(task, node) } -> permit_answer;
};
template <class Answer>
concept pre_bind_answer = std::same_as<Answer, result<void>> || std::same_as<Answer, permission>;
template <class P, class Task, class Node>
concept pre_bind_fits = requires(P const& p, Task const& task, Node const& node) {
    { p.pre_bind(task, node) } -> pre_bind_answer;
};
template <class P, class Task, class Node>
concept bind_fits = requires(P const& p, Task const& task, Node const& node) {
    { p.bind(task, node) } -> std::same_as<result<void>>;
};
template <class P, class Task, class Node>
concept post_bind_fits = requires(P const& p, Task const& task, Node const& node) {
    { p.post_bind(task, node) } -> std::same_as<void>;
};
template <class P, class Task, class Node>
concept filter_fits =
    prepare_fits<P, Task, Node> && filter_for<decltype(P::filter), Task, Node, shared_of<P, Task, Node>>;
template <class P, class Task, class Node>
concept score_fits =
    prepare_fits<P, Task, Node> && score_for<decltype(P::score), Task, Node, shared_of<P, Task, Node>>;

} // namespace detail

/// A profile all of whose fields can work on these types.
template <class P, class Task, class Node>
concept profile_for =
    detail::is_profile<std::remove_cvref_t<P>> && detail::prepare_fits<P, Task, Node> &&
    detail::filter_fits<P, Task, Node> && detail::score_fits<P, Task, Node> &&
    detail::enqueue_fits<P, Task> && detail::order_fits<P, Task> && detail::preempt_fits<P, Task, Node> &&
    detail::reserve_fits<P, Task, Node> && detail::release_fits<P, Task, Node> &&
    detail::permit_fits<P, Task, Node> && detail::pre_bind_fits<P, Task, Node> &&
    detail::bind_fits<P, Task, Node> && detail::post_bind_fits<P, Task, Node> && tie_policy<decltype(P::tie)>;

} // namespace berth::schedule

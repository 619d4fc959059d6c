#pragma once

/// \file
/// Filters that can be off: a profile whose leaves are chosen at run time, and are known to the compiler all
/// the same. What it costs where a leaf is on is a branch; a leaf that prepares for all nodes, or keeps a
/// tracker, does neither while it is off.
///
/// ```cpp
/// auto const policy = schedule::profile{
///     .filter = schedule::switched(fits, settings.fits) and schedule::switched(tolerates,
///     settings.tolerates)};
/// ```
/// A score is off by its weight: `0 * roomy`. Leaves whose types are not known when the program is compiled
/// are `any_filter` and `any_score` (`any.hpp`).

#include <berth/schedule/filter.hpp>
#include <berth/schedule/track.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace berth::schedule {
namespace detail {

/// The tracker of a filter that may be off, and then takes no part.
template <class Tracker> class switched_tracker {
public:
    explicit switched_tracker(std::optional<Tracker> held) : held_(std::move(held)) {}

    [[nodiscard]] auto accepts(std::size_t node) const -> bool { return !held_ || held_->accepts(node); }
    [[nodiscard]] auto takes_part() const -> bool
        requires requires(Tracker const& t) { t.takes_part(); }
    {
        return held_ && held_->takes_part();
    }
    template <class Task, class Node>
    auto entered(Task const& other, std::size_t node, std::span<Node const> nodes, int sign,
                 stale_nodes& stale) -> void {
        if (held_) held_->entered(other, node, nodes, sign, stale);
    }

private:
    std::optional<Tracker> held_;
};

/// A callable that accepts everything while it is off. What it declares and hints is that of `L`.
template <class L> struct switched_call : L {
    bool on = true;

    constexpr switched_call(L leaf, bool is_on) : L(std::move(leaf)), on(is_on) {}

    template <class... Args>
        requires requires(L const& leaf, Args const&... args) { leaf(args...); }
    constexpr auto operator()(Args const&... args) const -> verdict {
        return on ? static_cast<L const&>(*this)(args...) : verdict{};
    }
    template <class Task, class Node>
        requires tracks<L, Task, Node>
    auto track(Task const& task, std::span<Node const> nodes) const {
        using kept = tracker_of<L, Task, Node>;
        return switched_tracker<kept>(on ? std::optional<kept>(L::track(task, nodes)) : std::nullopt);
    }
};

/// The same of one that prepares.
template <class L> struct switched_prepare : switched_call<L> {
    using switched_call<L>::switched_call;

    template <class Task>
        requires prepares_alone<L, Task>
    constexpr auto prepare(Task const& task) const {
        return prepared([&] { return L::prepare(task); });
    }
    template <class Task, class Nodes>
        requires prepares_from<L, Task, Nodes>
    constexpr auto prepare(Task const& task, Nodes nodes) const {
        return prepared([&] { return L::prepare(task, nodes); });
    }

private:
    /// Nothing is prepared while it is off, where nothing can be said.
    template <class Prepare> constexpr auto prepared(Prepare ask) const {
        using answer = decltype(ask());
        if constexpr (is_optional<answer> || is_expected<answer>) return this->on ? ask() : answer();
        else return ask();
    }
};
template <class L> struct switched_leaf_of {
    using type = switched_call<L>;
};
template <class L>
    requires mentions_prepare<L>
struct switched_leaf_of<L> {
    using type = switched_prepare<L>;
};

/// What stands beside the name of a leaf.
template <class F> struct declares {};
template <class F>
    requires requires { typename F::declared; }
struct declares<F> {
    using declared = typename F::declared;
};

} // namespace detail

/// A filter's leaf that may be off: what `switched` makes.
template <filter_expression F> struct switched_filter : is_filter, detail::declares<F> {
    using callable_type = typename detail::switched_leaf_of<detail::callable_t<F>>::type;
    static constexpr std::string_view name = F::name;

    callable_type callable;

    constexpr switched_filter(F leaf, bool on) : callable(detail::callable_of(leaf), on) {}
};

/// A leaf that accepts every node unless it is on. Compositions are switched leaf by leaf.
template <filter_expression F> [[nodiscard]] constexpr auto switched(F leaf, bool on) -> switched_filter<F> {
    constexpr auto is_leaf = !detail::compound<F>;
    static_assert(is_leaf, "switched takes one leaf: switch the leaves of a composition");
    return {std::move(leaf), on};
}

} // namespace berth::schedule

#pragma once

/// \file
/// Erased filters and scores, for policies that are chosen at run time: from a configuration file,
/// or by a plugin in a shared library. An `any_filter` is a filter, an `any_score` a score; they
/// compose like any other, answer exactly like what they hold, and cost one indirect call per node
/// (filter) or per column (score).

#include <berth/schedule/column.hpp>
#include <berth/schedule/filter.hpp>
#include <berth/schedule/score.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule {
namespace detail {

/// A value of any copyable type: an owning pointer and the functions that know the type.
class any_value {
public:
    any_value() = default;
    template <class T> explicit any_value(std::in_place_type_t<T>, T value)
        : value_(new T(std::move(value))),
          clone_([](void const* v) -> void* { return new T(*static_cast<T const*>(v)); }),
          drop_([](void* v) { delete static_cast<T*>(v); }) {}
    any_value(any_value const& other)
        : value_(other.value_ ? other.clone_(other.value_) : nullptr),
          clone_(other.clone_),
          drop_(other.drop_) {}
    any_value(any_value&& other) noexcept
        : value_(std::exchange(other.value_, nullptr)), clone_(other.clone_), drop_(other.drop_) {}
    auto operator=(any_value other) noexcept -> any_value& {
        std::swap(value_, other.value_);
        std::swap(clone_, other.clone_);
        std::swap(drop_, other.drop_);
        return *this;
    }
    ~any_value() {
        if (value_ != nullptr) drop_(value_);
    }

    /// The value, which the caller knows to be a `T`.
    template <class T> [[nodiscard]] auto as() const -> T const& { return *static_cast<T const*>(value_); }

private:
    void* value_ = nullptr;
    auto (*clone_)(void const*) -> void* = nullptr;
    auto (*drop_)(void*) -> void = nullptr;
};

/// The functions of an erased filter.
template <class Task, class Node> struct filter_table {
    auto (*prepare)(any_value const&, Task const&, std::span<Node const>) -> any_value;
    auto (*accepts)(any_value const&, any_value const&, Task const&, Node const&) -> bool;
    auto (*report)(any_value const&, any_value const&, Task const&, Node const&) -> told;
    auto (*describe)(any_value const&, std::string&, binding) -> void;
};

template <class F, class Task, class Node> inline constexpr filter_table<Task, Node> filter_table_of = {
    .prepare = [](any_value const& f, Task const& task, std::span<Node const> nodes) -> any_value {
        using state = state_of<F, Task, Node, nothing>;
        return any_value(std::in_place_type<state>, detail::prepare(f.as<F>(), task, nodes, shared_nothing));
    },
    .accepts = [](any_value const& f, any_value const& s, Task const& task, Node const& node) -> bool {
        return detail::accepts(f.as<F>(), task, node, s.as<state_of<F, Task, Node, nothing>>());
    },
    .report = [](any_value const& f, any_value const& s, Task const& task, Node const& node) -> told {
        return detail::report<no_universe>(f.as<F>(), task, node, s.as<state_of<F, Task, Node, nothing>>());
    },
    .describe = [](any_value const& f, std::string& out, binding around) -> void {
        detail::describe_into(out, &f.as<F>(), around);
    },
};

/// The functions of an erased score.
template <class Task, class Node> struct score_table {
    auto (*fill)(any_value const&, Task const&, candidates<Node>, std::span<points>) -> void;
    auto (*describe)(any_value const&, std::string&, binding) -> void;
};

template <class S, class Task, class Node> inline constexpr score_table<Task, Node> score_table_of = {
    .fill = [](any_value const& s, Task const& task, candidates<Node> found,
               std::span<points> column) -> void {
        auto const& held = s.as<S>();
        auto const state = prepare_score(held, task, found, shared_nothing);
        if constexpr (is_pointwise<S, Task, Node, nothing>()) {
            for (std::size_t i = 0; i < found.size(); ++i) column[i] = total_of(held, state, task, found[i]);
        } else {
            auto scratch = std::vector<points>(column.size());
            fill_totals(held, state, task, found, column, std::span(scratch));
        }
    },
    .describe = [](any_value const& s, std::string& out, binding around) -> void {
        detail::describe_into(out, &s.as<S>(), around);
    },
};

} // namespace detail

/// A filter of any kind for one pair of types. Leaves that take the profile's prepared state cannot
/// be erased: give them a `prepare` of their own.
template <class Task, class Node> class any_filter : public is_filter {
public:
    using compound = void;
    using facets = detail::facet_list<>;
    using leaves = detail::leaf_list<any_filter>;

    /// Holds a copy of `f`; so does a filter copied from this one.
    template <class F>
        requires(!std::same_as<F, any_filter> && filter_for<F, Task, Node>)
    any_filter(F f) // NOLINT(google-explicit-constructor): a filter is an any_filter
        : table_(&detail::filter_table_of<F, Task, Node>), filter_(std::in_place_type<F>, std::move(f)) {}

    template <class T, class N, class Shared>
    auto prepare_for(T const& task, std::span<N const> nodes, Shared const&) const -> detail::any_value {
        return table_->prepare(filter_, task, nodes);
    }
    template <class T, class N, class Shared>
    auto advance_for(detail::any_value, T const& task, change<N> const&, std::span<N const> nodes,
                     Shared const&) const -> detail::any_value {
        return table_->prepare(filter_, task, nodes);
    }
    auto accepts(Task const& task, Node const& node, detail::any_value const& state) const -> bool {
        return table_->accepts(filter_, state, task, node);
    }
    template <class Universe>
    auto report(Task const& task, Node const& node, detail::any_value const& state) const
        -> detail::told_within<Universe> {
        auto out = table_->report(filter_, state, task, node);
        if (out.says.accepted()) return {};
        return {std::move(out.says), detail::name_within<Universe>(std::move(out.by)), facet_set::all(),
                Universe::leaves::template bit<any_filter>()};
    }
    template <class Universe, class N, class Shared, class T, class Change>
    auto helped(T const&, Change const&, facet_set, std::uint64_t who) const -> bool {
        return (who & Universe::leaves::template bit<any_filter>()) != 0;
    }
    static auto describe_into(std::string& out, any_filter const* self, detail::binding around) -> void {
        self->table_->describe(self->filter_, out, around);
    }
    template <class T, class N, class> static consteval auto can_judge() -> bool {
        return std::same_as<T, Task> && std::same_as<N, Node>;
    }
    // What it reads is unknown at compile time, hence the widest.
    template <class, class> static consteval auto scope_of() -> scope { return scope::cluster; }
    template <class, class> static consteval auto prepares_from_nodes() -> bool { return true; }
    template <class, class, class> static consteval auto follows_changes() -> bool { return false; }
    template <class, class, class> static constexpr auto facets_within() -> facet_set {
        return facet_set::all();
    }
    static consteval auto static_words() -> bool { return false; }

private:
    detail::filter_table<Task, Node> const* table_;
    detail::any_value filter_;
};

/// A score of any kind for one pair of types; a single column whatever it holds.
template <class Task, class Node> class any_score : public is_score {
public:
    using surveys = detail::anything; ///< unknown at compile time, hence the widest

    /// Holds a copy of `s`; so does a score copied from this one.
    template <class S>
        requires(!std::same_as<S, any_score> && score_for<S, Task, Node>)
    any_score(S s) // NOLINT(google-explicit-constructor): a score is an any_score
        : table_(&detail::score_table_of<S, Task, Node>), score_(std::in_place_type<S>, std::move(s)) {}

    /// The points of all candidates.
    auto operator()(Task const& task, candidates<Node> const& found, std::span<points> column) const -> void {
        table_->fill(score_, task, found, column);
    }
    static auto describe_into(std::string& out, any_score const* self, detail::binding around) -> void {
        self->table_->describe(self->score_, out, around);
    }

private:
    detail::score_table<Task, Node> const* table_;
    detail::any_value score_;
};

} // namespace berth::schedule

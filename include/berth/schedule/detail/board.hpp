#pragma once

/// \file
/// What is known of all nodes for one class of equal tasks: who accepts, the points by leaf, the best.

#include <berth/schedule/detail/conjunction.hpp>
#include <berth/schedule/detail/scoreboard.hpp>
#include <berth/schedule/profile.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule::detail {

/// Scratch that the boards of one placer share.
struct board_scratch {
    std::vector<std::uint32_t> touched;  ///< nodes of which anything may be new, each once
    std::vector<std::uint32_t> reworded; ///< nodes that may refuse in other words now
    std::vector<std::uint64_t> stamps;   ///< by node: the round in which it was touched
    std::uint64_t round = 0;
    bool anew = false;        ///< nothing is as it was
    bool state_moved = false; ///< what was prepared may have become something else
    column_scratch columns;

    auto begin(std::size_t nodes) -> void {
        stamps.resize(nodes);
        touched.clear();
        reworded.clear();
        anew = state_moved = false;
        ++round;
        columns.survivors_known = false;
    }
    /// Whether it was not touched before.
    auto touch(std::size_t i) -> bool {
        if (stamps[i] == round) return false;
        stamps[i] = round;
        touched.push_back(static_cast<std::uint32_t>(i));
        return true;
    }
};

/// The board of one class of tasks under a profile. `Touched`: what entering a node changes of it.
template <class P, class Task, class Node, class Touched> class board {
    using shared = shared_of<P, Task, Node>;
    using filter = decltype(P::filter);
    using surveys = typename surveys_of<filter, Task, Node>::type;

    template <class T> struct trackers_of;
    template <class... F> struct trackers_of<std::tuple<F...>> {
        using type = std::tuple<std::optional<typename tracker_of_filter<F, Task, Node>::type>...>;
    };
    static constexpr std::size_t survey_total = std::tuple_size_v<surveys>;
    static_assert(survey_total <= 12, "a placer keeps apart at most twelve conjuncts that survey all nodes");

    // Of each node: who refuses (those who look at it alone, those who survey, those who are expected there);
    // whether its points are known; whether it was a survivor when totals were last added up.
    using flags = std::uint16_t;
    static constexpr flags alone = 1;
    template <std::size_t K> static constexpr flags survey = static_cast<flags>(2U << K);
    static constexpr flags barred = 1U << 13U;
    static constexpr flags refuses = (1U << 14U) - 1;
    static constexpr flags scored = 1U << 14U;
    static constexpr flags counted = 1U << 15U;

public:
    using filter_state = state_of<filter, Task, Node, shared>;

    explicit board(Task task) : task_(std::move(task)) {}

    [[nodiscard]] auto task() const -> Task const& { return task_; }
    /// Nothing of it is known any more.
    auto forget() -> void { known_ = false; }

    /// A task like `other` is on a node now (`sign` 1), or was (-1).
    auto entered(Task const& other, std::size_t i, std::span<Node const> nodes, int sign) -> void {
        if (!known_) return;
        each_tracker([&](auto& t, stale_nodes& stale) { t.entered(other, i, nodes, sign, stale); });
        scores_.entered(other, i, nodes, sign);
    }

    /// Brings it up to date: the nodes `dirty` have changed since the last time (some perhaps twice). When it
    /// is known who refuses, `look_ahead()` is called, which may `bar` nodes.
    template <class LookAhead>
    auto refresh(P const& p, std::span<Node const> nodes, std::span<std::uint32_t const> dirty,
                 board_scratch& scratch, LookAhead look_ahead) -> void {
        constexpr auto shares = !std::is_same_v<shared, nothing>;
        scratch.begin(nodes.size());
        fresh_.reset();
        auto const known = std::exchange(known_, false); // where a leaf throws, nothing is known
        if (!known || flags_.size() != nodes.size() || (shares && !dirty.empty())) {
            build(p, nodes, scratch);
        } else {
            for (auto const i : dirty) {
                if (!scratch.touch(i)) continue;
                judge(p, nodes, i);
                set(i, scored, false);
            }
            survey_again(p, nodes, !dirty.empty(), scratch);
        }
        look_ahead();
        tell_survivors(scratch);
        scores_.take_stale(nodes.size(), [&](std::size_t i) { scratch.touch(i); });
        settle(p, nodes, scratch);
        known_ = true;
    }

    /// Whether a node does not count, for others are expected there.
    auto bar(std::size_t i, bool on, board_scratch& scratch) -> void {
        auto const was = (flags_[i] & barred) != 0;
        if (!was && !on) return;
        scratch.touch(i);
        if (was == on) return;
        set(i, barred, on);
        if (on) {
            barred_.push_back(static_cast<std::uint32_t>(i));
        } else {
            auto at = std::size_t{0};
            while (barred_[at] != i) ++at;
            barred_[at] = barred_.back();
            barred_.pop_back();
        }
    }
    auto bar_nobody(board_scratch& scratch) -> void {
        while (!barred_.empty()) bar(barred_.back(), false, scratch);
    }

    /// Whether no conjunct with a tracker takes part, so that what is prepared stays what it is as long as
    /// those without one say so.
    [[nodiscard]] auto settled() const -> bool {
        auto out = true;
        each_survey([&](auto k) {
            if constexpr (tracked<k()>) out = out && abstains<k()>();
        });
        return out;
    }
    /// What the filter has prepared, as it is after `refresh`. Linear unless settled.
    [[nodiscard]] auto state_now(P const& p, std::span<Node const> nodes) -> filter_state const& {
        if (settled()) return *filter_state_;
        if (!fresh_) fresh_.emplace(prepare(p.filter, task_, nodes, *shared_));
        return *fresh_;
    }

    [[nodiscard]] auto size() const -> std::size_t { return flags_.size(); }
    [[nodiscard]] auto best() const -> best_total { return totals().best(); }
    [[nodiscard]] auto feasible() const -> std::size_t { return feasible_; }
    [[nodiscard]] auto accepts(std::size_t i) const -> bool { return (flags_[i] & refuses) == 0; }
    [[nodiscard]] auto totals() const -> shaded_totals const& { return scores_.totals(); }
    /// How much memory it holds.
    [[nodiscard]] auto bytes() const -> std::size_t {
        return sizeof(*this) + flags_.capacity() * sizeof(flags) + scores_.bytes();
    }

private:
    template <std::size_t K> using survey_at = std::tuple_element_t<K, surveys>;
    template <std::size_t K>
    static constexpr bool tracked =
        filter_tracker<typename tracker_of_filter<survey_at<K>, Task, Node>::type, Task, Node>;

    /// A tracker that can say that its leaf takes no part; then it has prepared no state.
    template <std::size_t K> auto abstains() const -> bool {
        if constexpr (requires { std::get<K>(trackers_)->takes_part(); })
            return !std::get<K>(trackers_)->takes_part();
        else return false;
    }
    template <class Visit> static auto each_survey(Visit visit) -> void {
        [&]<std::size_t... K>(std::index_sequence<K...>) {
            (visit(std::integral_constant<std::size_t, K>()), ...);
        }(std::make_index_sequence<survey_total>());
    }
    template <class Visit> auto each_tracker(Visit visit) -> void {
        each_survey([&](auto k) {
            if constexpr (tracked<k()>) visit(*std::get<k()>(trackers_), stale_[k()]);
        });
    }
    auto set(std::size_t i, flags which, bool on) -> void {
        flags_[i] = static_cast<flags>(on ? flags_[i] | which : flags_[i] & ~which);
    }

    auto build(P const& p, std::span<Node const> nodes, board_scratch& scratch) -> void {
        auto const n = nodes.size();
        scratch.anew = true;
        shared_.reset();
        filter_state_.reset();
        shared_.emplace(p.prepare(task_, nodes));
        filter_state_.emplace(prepare(p.filter, task_, nodes, *shared_));
        for_each_survey<Task, Node>(p.filter, *filter_state_, [&](auto k, auto const& f, auto& state) {
            if constexpr (tracked<k()>) {
                std::get<k()>(trackers_).emplace(callable_of(f).track(task_, nodes));
                stale_[k()].reset(n);
                if constexpr (requires { std::get<k()>(trackers_)->takes_part(); })
                    state.reset(); // it counts only while the tracker abstains
            }
        });
        scores_.begin(p, task_, nodes, *shared_);
        flags_.assign(n, 0);
        feasible_ = 0;
        for (std::size_t i = 0; i < n; ++i) {
            scratch.touch(i);
            judge(p, nodes, i);
        }
        barred_.clear();
    }
    /// Who of all refuses a node.
    auto judge(P const& p, std::span<Node const> nodes, std::size_t i) -> void {
        set(i, alone, !accepts_alone(p.filter, task_, nodes[i], *filter_state_));
        for_each_survey<Task, Node>(p.filter, *filter_state_, [&](auto k, auto const& f, auto const& state) {
            set(i, survey<k()>, !survey_accepts<k()>(f, state, nodes, i));
        });
    }
    template <std::size_t K, class F, class State>
    auto survey_accepts(F const& f, State const& state, std::span<Node const> nodes, std::size_t i) const
        -> bool {
        if constexpr (tracked<K>) return std::get<K>(trackers_)->accepts(i);
        else return detail::accepts(f, task_, nodes[i], state);
    }
    /// Asks those who survey, where they may answer otherwise than before.
    auto survey_again(P const& p, std::span<Node const> nodes, bool moved, board_scratch& scratch) -> void {
        if constexpr (!follows_changes<filter, Task, Node, shared>()) scratch.state_moved = moved;
        for_each_survey<Task, Node>(p.filter, *filter_state_, [&](auto k, auto const& f, auto& state) {
            auto const ask = [&](std::size_t i) {
                auto const refused = !survey_accepts<k()>(f, state, nodes, i);
                if (refused == ((flags_[i] & survey<k()>) != 0)) {
                    if (refused) scratch.reworded.push_back(static_cast<std::uint32_t>(i));
                    return;
                }
                set(i, survey<k()>, refused);
                scratch.touch(i);
            };
            auto const ask_all = [&] {
                for (std::size_t i = 0; i < nodes.size(); ++i) ask(i);
            };
            if constexpr (tracked<k()>) {
                auto& stale = stale_[k()];
                if (stale.are_all()) ask_all();
                for (auto const i : stale.some()) ask(i);
                if (!stale.empty()) stale.reset(nodes.size());
            } else if (moved) {
                if (!prepare_again(f, state, nodes)) return;
                scratch.state_moved = true;
                ask_all();
            }
        });
    }
    /// Whether the state of a conjunct has become another one.
    template <class F, class State>
    auto prepare_again(F const& f, State& state, std::span<Node const> nodes) -> bool {
        if constexpr (!compound<F>) {
            using declared = typename declared_by<F, callable_t<F>>::surveys;
            if constexpr (!surveys_touched<Touched, declared>) return false;
        }
        auto now = prepare(f, task_, nodes, *shared_);
        auto same = false;
        if constexpr (std::equality_comparable<State>) same = now == state;
        state = std::move(now);
        return !same;
    }
    /// Tells the scores who is won and who is lost.
    auto tell_survivors(board_scratch& scratch) -> void {
        if constexpr (decltype(scores_)::hears_who_survives) {
            for (auto const i : scratch.touched) {
                auto const was = (flags_[i] & counted) != 0;
                if (was == accepts(i)) continue;
                if (was) scores_.left(i);
                else scores_.joined(i);
            }
        }
    }
    /// Takes over what is new of the touched nodes, and finds the best.
    auto settle(P const& p, std::span<Node const> nodes, board_scratch& scratch) -> void {
        for (auto const i : scratch.touched) {
            auto const was = (flags_[i] & counted) != 0;
            auto const is = accepts(i);
            if (!was && !is) continue;
            scores_.take_over(p, task_, nodes, i, {was, is, is && (flags_[i] & scored) == 0});
            if (was != is) feasible_ = is ? feasible_ + 1 : feasible_ - 1;
            if (is) set(i, scored, true);
            set(i, counted, is);
        }
        auto const accepted = [this](std::size_t i) { return accepts(i); };
        scores_.settle(scoring_round{p, task_, nodes, *shared_, std::span(std::as_const(scratch.touched)),
                                     feasible_, accepted, scratch.columns});
    }

    Task task_;
    bool known_ = false;
    std::optional<shared> shared_;
    std::optional<filter_state> filter_state_; ///< without those that have a tracker
    std::optional<filter_state> fresh_;        ///< for one decision, with them
    typename trackers_of<surveys>::type trackers_;
    std::array<stale_nodes, survey_total> stale_;
    scoreboard<P, Task, Node, Touched> scores_;
    std::vector<flags> flags_;
    std::vector<std::uint32_t> barred_;
    std::size_t feasible_ = 0;
};

} // namespace berth::schedule::detail

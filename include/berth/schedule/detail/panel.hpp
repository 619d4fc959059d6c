#pragma once

/// \file
/// The filter of one decision at work: asked about each node as it is, and where others are expected there,
/// as it will be.

#include <berth/schedule/detail/refusals.hpp>
#include <berth/schedule/eviction.hpp>
#include <berth/schedule/profile.hpp>

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule::detail {

/// What refusals of a profile speak of.
template <class P> using universe_of = universe_of_filter<decltype(P::filter)>;

/// Asks the filter of `p` about nodes by their index; refusals speak in terms of `Universe`. A node where
/// others are expected must please the filter with them and without them: they may come, or not
/// (kubernetes 1.36, `pkg/scheduler/framework/runtime`, `RunFilterPluginsWithNominatedPods`).
template <class Universe, class P, class State, class Task, class Node, class Outlook> class panel {
public:
    constexpr panel(P const& p, State const& state, Task const& task, std::span<Node const> nodes,
                    Outlook const& outlook)
        : p_(&p), state_(&state), task_(&task), nodes_(nodes), as_if_{p.filter, state,     task,
                                                                      nodes,    p.prepare, outlook} {}

    [[nodiscard]] constexpr auto accepts(std::size_t i) const -> bool {
        if constexpr (looks_ahead<Outlook>) {
            if (!as_if_.with_expected(i, nodes_[i]).says.accepted()) return false;
        }
        return detail::accepts(p_->filter, *task_, nodes_[i], *state_);
    }
    [[nodiscard]] constexpr auto report(std::size_t i) const -> told {
        if constexpr (looks_ahead<Outlook>) {
            auto crowded = as_if_.template with_expected<Universe>(i, nodes_[i]);
            if (!crowded.says.accepted()) return crowded;
        }
        return detail::report<Universe>(p_->filter, *task_, nodes_[i], *state_);
    }
    /// The same with all that refuse, each asked once: first the one of which `report` tells.
    [[nodiscard]] constexpr auto report_all(std::size_t i) const -> full_report {
        auto out = full_report{};
        if constexpr (looks_ahead<Outlook>) out.first = as_if_.template with_expected<Universe>(i, nodes_[i]);
        auto const crowded = !out.first.says.accepted();
        for_each_refusal<Universe>(p_->filter, *task_, nodes_[i], *state_,
                                   [&](told what) { out.all.push_back(std::move(what)); });
        if (crowded && out.all.empty()) out.all.push_back(out.first);
        if (crowded || out.all.empty()) return out;
        // What could not prepare is said before all others, and nobody is asked for it.
        out.first = failed(p_->filter, *state_) == nullptr ? out.all.front() : report(i);
        return out;
    }

private:
    struct no_question {
        template <class... Parts> constexpr explicit no_question(Parts const&...) {}
    };
    using question =
        std::conditional_t<looks_ahead<Outlook>,
                           what_if<decltype(P::filter), State, Task, Node, decltype(P::prepare), Outlook>,
                           no_question>;

    P const* p_;
    State const* state_;
    Task const* task_;
    std::span<Node const> nodes_;
    [[no_unique_address]] question as_if_;
};
template <class Universe, class P, class State, class Task, class Node, class Outlook>
constexpr auto panel_of(P const& p, State const& state, Task const& task, std::span<Node const> nodes,
                        Outlook const& outlook) -> panel<Universe, P, State, Task, Node, Outlook> {
    return {p, state, task, nodes, outlook};
}

} // namespace berth::schedule::detail

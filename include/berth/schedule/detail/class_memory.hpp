#pragma once

/// \file
/// All that a placer remembers of one class of equal tasks: its board, and its ledger.

#include <berth/schedule/detail/board.hpp>
#include <berth/schedule/detail/ledger.hpp>
#include <berth/schedule/detail/panel.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>

namespace berth::schedule::detail {

/// The filter as it is now for one decision, prepared only if it is asked. Refusals speak in terms of
/// `Universe`.
template <class Universe, class P, class Board, class Task, class Node, class Outlook> class inquiry {
    using state = typename Board::filter_state;
    using panel_type = panel<Universe, P, state, Task, Node, Outlook>;
    using question_type = what_if_of<P, Task, Node, Outlook>;

public:
    inquiry(P const& p, Board& b, Task const& task, std::span<Node const> nodes, Outlook const& outlook)
        : p_(&p), board_(&b), task_(&task), nodes_(nodes), outlook_(&outlook) {}
    inquiry(inquiry const&) = delete;
    auto operator=(inquiry const&) -> inquiry& = delete;

    [[nodiscard]] auto report(std::size_t i) -> told { return panel_now().report(i); }
    [[nodiscard]] auto what_if(std::size_t i, Node const& as) -> verdict { return question()(i, as); }
    /// Whether a node would do with those who are expected on it.
    [[nodiscard]] auto would_do(std::size_t i, Node const& crowded) -> bool {
        return question().alone(i, crowded).says.accepted();
    }
    auto panel_now() -> panel_type const& {
        if (!panel_) panel_.emplace(*p_, board_->state_now(*p_, nodes_), *task_, nodes_, *outlook_);
        return *panel_;
    }
    auto question() -> question_type const& {
        if (!question_)
            question_.emplace(p_->filter, board_->state_now(*p_, nodes_), *task_, nodes_, p_->prepare,
                              *outlook_);
        return *question_;
    }

private:
    P const* p_;
    Board* board_;
    Task const* task_;
    std::span<Node const> nodes_;
    Outlook const* outlook_;
    std::optional<panel_type> panel_;
    std::optional<question_type> question_;
};

/// What is known for one class of tasks, and kept up to date together.
template <class P, class Task, class Node, class Touched, class Universe> class class_memory {
    using board_type = board<P, Task, Node, Touched>;
    using ledger_type = ledger<P, Task, Node>;
    template <class Outlook> using inquiry_type = inquiry<Universe, P, board_type, Task, Node, Outlook>;

public:
    using decision_type = decision<victim_of<P, Task, Node>>;

    explicit class_memory(Task const& task) : board_(task) {}

    [[nodiscard]] auto known() const -> board_type const& { return board_; }
    auto entered(Task const& other, std::size_t i, std::span<Node const> nodes, int sign) -> void {
        board_.entered(other, i, nodes, sign);
    }
    auto forget() -> void { board_.forget(); }
    auto forget_room() -> void { ledger_.forget_room(); }

    /// Brings it up to date for a task: the nodes `dirty` have changed, or what is expected of them.
    template <class Outlook>
    auto refresh(P const& p, Task const& task, std::span<Node const> nodes,
                 std::span<std::uint32_t const> dirty, Outlook const& outlook, board_scratch& scratch)
        -> void {
        board_.refresh(p, nodes, dirty, scratch, [&] { look_ahead(p, task, nodes, outlook, scratch); });
        if (scratch.anew) ledger_.forget();
        if (!ledger_.on()) return;
        for (auto const i : scratch.touched) ledger_.doubt(i);
        for (auto const i : scratch.reworded) ledger_.doubt(i);
        if (!answers_hold_) ledger_.doubt_answers();
    }
    /// The node that was promised to a task, if it will do.
    template <class Outlook>
    [[nodiscard]] auto promised(Task const& task, Outlook const& outlook) const -> std::optional<placement> {
        if constexpr (looks_ahead<Outlook>) {
            auto const at = outlook.promised(task);
            if (at && *at < board_.size() && board_.accepts(*at)) return placement{.node = *at};
        }
        return std::nullopt;
    }
    /// Why no node will do, and what room can be made.
    template <class Outlook>
    [[nodiscard]] auto refuse(P const& p, Task const& task, std::span<Node const> nodes,
                              Outlook const& outlook) -> decision_type {
        using preempt = decltype(P::preempt);
        constexpr auto stays = std::is_same_v<preempt, defaults::nobody_leaves>;
        if constexpr (stays || is_room_by_node<preempt>) {
            auto asked = inquiry_type<Outlook>(p, board_, task, nodes, outlook);
            auto why = ledger_.why(nodes.size(), asked);
            auto out = decision_type{};
            if constexpr (stays) {
                if (why) {
                    out.where = std::unexpected(*std::move(why));
                    return out;
                }
            } else if (why && ledger_.room(p, task, nodes, asked, out)) {
                out.where = std::unexpected(*std::move(why));
                return out;
            }
        }
        return refuse_at_length(p, task, nodes, outlook);
    }
    [[nodiscard]] auto bytes() const -> std::size_t { return board_.bytes() + ledger_.bytes(); }

private:
    /// The same without what is known: linear.
    template <class Outlook>
    auto refuse_at_length(P const& p, Task const& task, std::span<Node const> nodes, Outlook const& outlook)
        -> decision_type {
        auto asked = inquiry_type<Outlook>(p, board_, task, nodes, outlook);
        auto out = decision_type{};
        auto why = detail::refuse(asked.panel_now(), nodes.size());
        if constexpr (!std::is_same_v<decltype(P::preempt), defaults::nobody_leaves>)
            hear_preempt(out, call_preempt(p, task, nodes, why, asked.question()));
        out.where = std::unexpected(std::move(why));
        return out;
    }

    /// Bars the nodes on which others are expected beside whom the task would not do.
    template <class Outlook>
    auto look_ahead(P const& p, Task const& task, std::span<Node const> nodes, Outlook const& outlook,
                    board_scratch& scratch) -> void {
        // Answers on nodes as they would be hold as long as they depend on nothing but their node.
        auto const holds = board_.settled() && !scratch.state_moved;
        answers_hold_ = std::exchange(was_settled_, holds || board_.settled()) && holds;
        if constexpr (!looks_ahead<Outlook>) {
            board_.bar_nobody(scratch);
            looks_ahead_ = false;
        } else {
            auto asked = inquiry_type<Outlook>(p, board_, task, nodes, outlook);
            auto const look = [&](std::size_t i) {
                if (i >= nodes.size()) return;
                auto const crowded = outlook.expected(task, i, nodes[i]);
                board_.bar(i, crowded && !asked.would_do(i, *crowded), scratch);
            };
            if (!looks_ahead_ || scratch.anew || !answers_hold_) {
                board_.bar_nobody(scratch);
                outlook.for_each_expecting(look);
                looks_ahead_ = true;
            } else {
                for (std::size_t n = 0, end = scratch.touched.size(); n < end; ++n) look(scratch.touched[n]);
            }
            // For the task itself the node that it was promised is another one than for its like.
            auto const own = outlook.promised(task);
            for (auto const& at : {std::exchange(own_, own), own})
                if (at && *at < nodes.size()) look_again(*at, look, scratch);
        }
    }
    template <class Look> auto look_again(std::size_t i, Look const& look, board_scratch& scratch) -> void {
        scratch.touch(i);
        look(i);
    }

    board_type board_;
    ledger_type ledger_;
    bool looks_ahead_ = false;       ///< whether those who are expected are barred for
    bool was_settled_ = false;       ///< whether answers were, when they were last given
    bool answers_hold_ = false;      ///< whether they still are what they were
    std::optional<std::size_t> own_; ///< the node that was promised to the task that came last
};

} // namespace berth::schedule::detail

#pragma once

/// \file
/// What is known of nodes that refuse a class of equal tasks: why, and what room on them would cost.

#include <berth/schedule/detail/make_room.hpp>
#include <berth/schedule/detail/offer_tree.hpp>
#include <berth/schedule/detail/refusal_tally.hpp>
#include <berth/schedule/room.hpp>
#include <berth/schedule/shared_text.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule::detail {

/// What a `.preempt` of any kind costs, in the place of that of a leaf.
template <class Preempt> struct cost_of_room {
    using type = int;
};
template <class Leaf> struct cost_of_room<room_by_node<Leaf>> {
    using type = typename Leaf::offer::cost_type;
};

/// The refusals of all nodes, and the offers of those that only reject. What is asked of `inquiry`, by whom
/// the filter is known as it is now, may be:
/// * `report(i) -> told`: why a node refuses;
/// * `what_if(i, as) -> verdict`: what it would say if it had another value.
template <class P, class Task, class Node> class ledger {
    using preempt = decltype(P::preempt);
    using cost = typename cost_of_room<preempt>::type;
    static constexpr bool offers_room = is_room_by_node<preempt>;

public:
    using victim = victim_of<P, Task, Node>;

    /// Nothing of it is known any more.
    auto forget() -> void { known_ = rooms_known_ = false; }
    /// No offer is known any more.
    auto forget_room() -> void { rooms_known_ = false; }
    [[nodiscard]] auto on() const -> bool { return known_; }
    /// A node may refuse for another reason, and may offer other room.
    auto doubt(std::size_t i) -> void {
        if (!known_ || in_doubt_[i]) return;
        in_doubt_[i] = true;
        doubted_.push_back(static_cast<std::uint32_t>(i));
    }
    /// What the filter was asked about nodes as they would be may have another answer now.
    auto doubt_answers() -> void {
        if (!rooms_known_) return;
        for (auto const i : asked_) {
            has_asked_[i] = false;
            rooms_.put(i, prospect::unknown);
        }
        asked_.clear();
    }

    /// Why all nodes refuse; nothing, if there are too many reasons to be kept.
    template <class Inquiry>
    [[nodiscard]] auto why(std::size_t nodes, Inquiry& inquiry) -> std::optional<refusal> {
        if (!known_) begin(nodes);
        while (!doubted_.empty()) {
            auto const i = doubted_.back();
            if (!hear(i, inquiry.report(i))) {
                forget();
                return std::nullopt;
            }
            doubted_.pop_back();
            in_doubt_[i] = false;
        }
        return why_.whole();
    }
    /// What room can be made, after `why`. Whether it could be found out.
    template <class Inquiry>
    [[nodiscard]] auto room(P const& p, Task const& task, std::span<Node const> nodes, Inquiry& inquiry,
                            decision<victim>& out) -> bool
        requires offers_room
    {
        auto const& leaf = p.preempt.leaf;
        auto const how = [&](std::size_t i) { return why_.how(i); };
        if (auto const may = may_make_room(leaf, task, nodes, how); !may) {
            out.no_room = no_room(may.error());
            return true;
        }
        if (!rooms_known_ && !begin_rooms(nodes.size())) return false;
        auto const best = cheapest(leaf, task, nodes, inquiry);
        if (!rooms_known_) return false;
        if (!best) {
            out.no_room = nowhere();
            return true;
        }
        auto asked = false;
        auto offer = look(leaf, task, nodes, *best, inquiry, asked);
        if (!offer) return false; // it is not pure: the one who remembers nothing shall decide
        out.room = eviction<victim>{*best, std::move(offer->victims)};
        return true;
    }
    [[nodiscard]] auto bytes() const -> std::size_t {
        return why_.bytes() + elsewhere_.bytes() + rooms_.bytes() +
               (in_doubt_.capacity() + has_asked_.capacity()) / 8 +
               (doubted_.capacity() + asked_.capacity()) * sizeof(std::uint32_t);
    }

private:
    auto begin(std::size_t nodes) -> void {
        why_.reset(nodes);
        doubted_.resize(nodes);
        for (std::size_t i = 0; i < nodes; ++i) doubted_[i] = static_cast<std::uint32_t>(i);
        in_doubt_.assign(nodes, true);
        known_ = true;
        rooms_known_ = false;
    }
    /// Why a node refuses, as it is now. Whether there was room for it. Where a node is ruled out as before,
    /// there is nothing else to learn of it.
    auto hear(std::size_t i, told what) -> bool {
        auto const ruled_out = what.says.how() != grade::rejected;
        if (ruled_out && why_.says(i, what)) return true;
        if (rooms_known_) {
            if (ruled_out) put_none(i, no_use);
            else rooms_.put(i, prospect::unknown);
        }
        return why_.put(i, std::move(what)); // last: where somebody throws, it is heard once more
    }
    auto begin_rooms(std::size_t nodes) -> bool {
        rooms_.reset(nodes);
        elsewhere_.reset(nodes);
        asked_.clear();
        has_asked_.assign(nodes, false);
        rooms_known_ = true;
        for (std::size_t i = 0; i < nodes && rooms_known_; ++i) // who is ruled out is not looked at
            if (why_.how(i) != grade::rejected) put_none(i, no_use);
        return rooms_known_;
    }
    /// Why there is no room on any node, in one sentence.
    auto nowhere() -> shared_text const& {
        if (told_at_ != elsewhere_.changes()) {
            nowhere_ = no_room(elsewhere_.whole().summary());
            told_at_ = elsewhere_.changes();
        }
        return nowhere_;
    }
    auto put_none(std::size_t i, verdict why) -> void {
        rooms_.put(i, prospect::none);
        auto what = told();
        what.says = std::move(why);
        what.by = "preempt";
        if (!elsewhere_.put(i, std::move(what))) rooms_known_ = false;
    }

    template <class Leaf, class Inquiry>
    static auto look(Leaf const& leaf, Task const& task, std::span<Node const> nodes, std::size_t i,
                     Inquiry& inquiry, bool& asked) {
        return leaf.look(task, nodes[i], [&](Node const& as) {
            asked = true;
            return inquiry.what_if(i, as);
        });
    }
    /// The best of the first nodes that offer enough, as far as they are not known looked at now.
    template <class Leaf, class Inquiry>
    auto cheapest(Leaf const& leaf, Task const& task, std::span<Node const> nodes, Inquiry& inquiry)
        -> std::optional<std::size_t> {
        auto const enough = enough_offers(leaf, why_.count(grade::rejected));
        auto end = rooms_.reach(enough);
        for (auto next = rooms_.first_unknown(); next && *next < end; next = rooms_.first_unknown()) {
            auto const i = *next;
            auto asked = false;
            auto offer = look(leaf, task, nodes, i, inquiry, asked);
            if (offer) {
                rooms_.put(i, is_harmless(leaf, offer->cost) ? prospect::harmless : prospect::harmful,
                           std::move(offer->cost));
                elsewhere_.drop(i);
            } else {
                put_none(i, std::move(offer.error()));
                if (!rooms_known_) return std::nullopt;
            }
            if (asked && !has_asked_[i]) {
                has_asked_[i] = true;
                asked_.push_back(static_cast<std::uint32_t>(i));
            }
            end = rooms_.reach(enough);
        }
        return rooms_.best(end);
    }

    bool known_ = false;
    refusal_tally why_;
    std::vector<std::uint32_t> doubted_; ///< nodes of which what is known may be otherwise, each once
    std::vector<bool> in_doubt_;         ///< by node: whether it is among them

    bool rooms_known_ = false;
    offer_tree<cost> rooms_;
    refusal_tally elsewhere_;          ///< why there is no room, also of nodes to be looked at again
    std::uint64_t told_at_ = 0;        ///< what `elsewhere_` was when it was put into words,
    shared_text nowhere_;              ///< and these
    std::vector<std::uint32_t> asked_; ///< nodes of which what is known may depend on an answer, each once
    std::vector<bool> has_asked_;      ///< by node: whether it is among them
};

} // namespace berth::schedule::detail

#pragma once

/// \file
/// Queues that share: what waits in a tree of queues with weights, guarantees and limits comes out so that
/// dominant shares stay equal (`fair_share`), and so that no queue holds up the others with what cannot be
/// served.
///
/// ```cpp
/// auto queue = fair_queue<job, 2>({cpus, gpus});
/// auto const vision = queue.open("research/vision", {.weight = 2, .guaranteed = {16, 4}});
/// queue.push(vision, job{...}, {4, 1});
/// while (auto taken = queue.pop()) {
///     if (start(taken->item)) queue.charge(taken->queue, taken->demand);
///     else queue.refused(*std::move(taken));   // set aside; the others go on
/// }
/// queue.refund(vision, {4, 1});                // a job has ended
/// queue.revive();                              // something has changed: who was refused may be tried again
/// ```

#include <berth/core/fair_share.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace berth {

/// Items wait in the leaves of a tree of shares. `pop` walks from the root down; of the queues at each level
/// that have an item that fits (limits, capacity, what others keep), it takes
/// 1. one that would stay within its guarantee, before those that borrow;
/// 2. of those the one with the lowest dominant share by weight;
/// 3. of equals the one whose last turn is the longest ago.
/// In a leaf the first item in its order is taken that fits: one that is too large for the quota does not
/// hold up those behind it.
///
/// A queue of which an item was `refused` rests: at each level that many turns pass as it has siblings with
/// something to do, or none of those has anything that fits, before it is asked again; it has no precedence
/// by its guarantee meanwhile. Whoever has one hopeless item after the other thus takes one turn in a round.
///
/// Laws: *guaranteed*: nothing is lent while a queue that is within its guarantee has an item that fits.
/// *fair*: at saturation the shares by weight of siblings that still wait and borrow differ by no more than
/// one item's. *work conserving*: `pop` answers nothing only if no item fits. *in turn*: of k siblings with
/// equal shares and demands, each that can be served is served within k turns of their parent, whatever is
/// refused of the others. *deterministic*: the same calls have the same answers.
///
/// Everything costs, for each level of the tree, the logarithm of the number of siblings, and of the items in
/// a leaf; where several resources are short in turn, `pop` may look at some items in vain. Allocates when
/// there have never been as many.
template <class Item, std::size_t Resources> class fair_queue {
public:
    using shares_type = fair_share<Resources>;
    using amounts = typename shares_type::amounts;
    using terms = typename shares_type::terms;

    static constexpr auto root = shares_type::root;

    /// Names an item as long as it waits; the name of one that has left is never used again.
    struct handle {
        std::uint32_t slot = 0;
        std::uint32_t turn = 0;

        friend constexpr auto operator==(handle, handle) -> bool = default;
    };
    /// What came out.
    struct popped {
        Item item;
        queue_id queue;
        amounts demand;
        std::uint64_t sequence; ///< its place among equals, should it come back
    };
    /// The usual order of a leaf: as they came.
    struct as_they_came {
        constexpr auto operator()(Item const&, Item const&) const -> bool { return false; }
    };

    explicit fair_queue(amounts capacity) : shares_(capacity) { states_.emplace_back(); }

    /// As in `fair_share`. A queue in which items wait cannot have queues below it.
    auto open(queue_id parent, terms t = {}) -> queue_id {
        BERTH_ASSERT(empty(parent), "fair_queue: a queue in which items wait cannot have queues below it");
        auto const id = shares_.open(parent, std::move(t));
        came(id);
        return id;
    }
    auto open(std::string_view path, terms t = {}) -> queue_id {
        if (auto const known = shares_.find(path)) {
            set_terms(*known, std::move(t));
            return *known;
        }
        auto const slash = path.rfind('/');
        auto parent = root;
        if (slash != std::string_view::npos) {
            auto const above = path.substr(0, slash);
            auto const known = shares_.find(above);
            parent = known ? *known : open(above);
        }
        BERTH_ASSERT(empty(parent), "fair_queue: a queue in which items wait cannot have queues below it");
        auto const id = shares_.open(path, std::move(t));
        came(id);
        return id;
    }
    [[nodiscard]] auto find(std::string_view path) const -> std::optional<queue_id> {
        return shares_.find(path);
    }
    auto close(queue_id id) -> void {
        BERTH_ASSERT(empty(id), "fair_queue: a queue in which items wait cannot be closed");
        auto const above = shares_.parent(id);
        shares_.close(id);
        states_[id.index] = {};
        refresh_from(above);
    }
    auto set_terms(queue_id id, terms t) -> void {
        shares_.set_terms(id, std::move(t));
        refresh_from(id);
    }
    auto set_capacity(amounts capacity) -> void {
        shares_.set_capacity(capacity);
        for (std::uint32_t i = 1; i < states_.size(); ++i)
            if (states_[i].known && shares_.is_leaf({i})) refresh_from({i});
    }
    [[nodiscard]] auto shares() const -> shares_type const& { return shares_; }

    /// An item comes to a leaf, behind those that `before(a, b)` does not put behind it. Pushes to one queue
    /// must agree on the order.
    template <class Before = as_they_came>
    auto push(queue_id queue, Item item, amounts demand, Before before = {}) -> handle {
        BERTH_ASSERT(queue != root && shares_.is_leaf(queue), "fair_queue: items wait in leaves of the tree");
        for (auto const need : demand) BERTH_ASSERT(need >= 0, "fair_queue: a demand must not be negative");
        return enter({std::move(item), queue, demand, ++sequence_}, before);
    }
    /// An item leaves without having had its turn.
    auto erase(handle h) -> std::optional<Item> {
        if (!knows(h)) return std::nullopt;
        auto const queue = entries_[h.slot].queue;
        auto out = std::optional<Item>(take_out(h.slot).item);
        refresh_up(queue, false);
        return out;
    }
    [[nodiscard]] auto find(handle h) const -> Item const* {
        return knows(h) ? &*entries_[h.slot].item : nullptr;
    }

    /// Takes out whose turn it is; nothing if nothing fits. It is not charged yet: say `charge` or `refused`.
    auto pop() -> std::optional<popped> {
        auto const slot = find_in(root.index, shares_.room(root));
        if (slot == none) return std::nullopt;
        auto out = take_out(slot);
        end_turn(out.queue);
        return out;
    }
    /// Who would come out.
    [[nodiscard]] auto front() const -> std::optional<handle> {
        auto const slot = find_in(root.index, shares_.room(root));
        if (slot == none) return std::nullopt;
        return handle{slot, entries_[slot].turn};
    }
    /// A popped item could not be served: it is set aside until `revive`, and its queue rests.
    auto refused(popped what) -> handle {
        auto const queue = what.queue;
        auto const slot = fresh(std::move(what));
        auto& e = entries_[slot];
        auto& aside = states_[queue.index].aside;
        e.row = aside.size();
        e.at = place::aside;
        aside.push_back(slot);
        rest(queue);
        return {slot, e.turn};
    }
    /// A queue rests, as if an item of it had been refused.
    auto rest(queue_id queue) -> void {
        for (auto n = queue; n != root; n = shares_.parent(n)) {
            auto const& above = states_[shares_.parent(n).index];
            auto const others = above.waiting - (branches_.contains(n.index) ? 1 : 0);
            states_[n.index].rests_until = others == 0 ? 0 : above.turns + others;
            refresh(n, true);
        }
    }
    /// Those that were set aside below a queue may be tried again, in their old places.
    template <class Before = as_they_came> auto revive(queue_id below = root, Before before = {}) -> void {
        for (std::uint32_t i = 1; i < states_.size(); ++i) {
            if (states_[i].aside.empty() || !is_below({i}, below)) continue;
            auto const slots = std::exchange(states_[i].aside, {});
            for (auto const slot : slots) stand_in_line(slot, before);
            refresh_up({i}, false);
        }
    }

    /// A queue uses so much more, or less.
    auto charge(queue_id queue, amounts const& more) -> void {
        shares_.charge(queue, more);
        refresh_up(queue, true);
    }
    auto refund(queue_id queue, amounts const& less) -> void {
        shares_.refund(queue, less);
        refresh_up(queue, true);
    }

    /// How many items are to be tried.
    [[nodiscard]] auto size() const -> std::size_t { return size_; }
    /// How many are set aside.
    [[nodiscard]] auto aside() const -> std::size_t { return entries_.size() - free_.size() - size_; }
    /// Whether nothing waits in a leaf, to be tried or aside.
    [[nodiscard]] auto empty(queue_id queue) const -> bool {
        auto const& s = states_[queue.index];
        return s.items == none && s.aside.empty();
    }

private:
    using item_tree = detail::least_tree<Resources>;
    using branch_tree =
        detail::least_tree<2 * Resources>; ///< first what fits within guarantees, then what fits

    static constexpr auto none = item_tree::none;

    enum class place : std::uint8_t { nowhere, waiting, aside };
    struct entry {
        std::optional<Item> item{};
        queue_id queue{};
        amounts demand{};
        std::uint64_t sequence = 0;
        std::uint32_t turn = 0;
        place at = place::nowhere;
        std::size_t row = 0; ///< where among those aside
    };
    struct state {
        bool known = false;
        std::uint32_t items = none;    ///< of a leaf: the root of what waits
        std::uint32_t branches = none; ///< the root of those below with something to do
        std::size_t waiting = 0;       ///< how many those are
        std::uint64_t turns = 0;       ///< that those below have had
        double share = 0;
        std::uint64_t last_turn = 0;
        std::uint64_t rests_until = 0; ///< that many turns above; 0 if it does not rest
        std::vector<std::uint32_t> aside{};
    };

    auto came(queue_id id) -> void {
        if (states_.size() <= id.index) states_.resize(id.index + std::size_t{1});
        states_[id.index] = {.known = true, .last_turn = ++clock_}; // behind those that are there
        refresh_from(shares_.parent(id));
    }
    [[nodiscard]] auto is_below(queue_id id, queue_id above) const -> bool {
        if (!states_[id.index].known) return false;
        while (id != above && id != root) id = shares_.parent(id);
        return id == above;
    }

    // Items.
    [[nodiscard]] auto knows(handle h) const -> bool {
        return h.slot < entries_.size() && entries_[h.slot].turn == h.turn && entries_[h.slot].item;
    }
    auto fresh(popped what) -> std::uint32_t {
        if (free_.empty()) {
            free_.push_back(static_cast<std::uint32_t>(entries_.size()));
            entries_.emplace_back();
        }
        auto const slot = free_.back();
        free_.pop_back();
        auto& e = entries_[slot];
        e.item.emplace(std::move(what.item));
        e.queue = what.queue;
        e.demand = what.demand;
        e.sequence = what.sequence;
        ++e.turn;
        return slot;
    }
    template <class Before> auto enter(popped what, Before before) -> handle {
        auto const queue = what.queue;
        auto const slot = fresh(std::move(what));
        stand_in_line(slot, before);
        refresh_up(queue, false);
        return {slot, entries_[slot].turn};
    }
    template <class Before> auto stand_in_line(std::uint32_t slot, Before before) -> void {
        auto& e = entries_[slot];
        e.at = place::waiting;
        ++size_;
        items_.insert(states_[e.queue.index].items, slot, e.demand, [&](std::uint32_t a, std::uint32_t b) {
            auto const& x = entries_[a];
            auto const& y = entries_[b];
            if (before(*x.item, *y.item)) return true;
            return !before(*y.item, *x.item) && x.sequence < y.sequence;
        });
    }
    auto take_out(std::uint32_t slot) -> popped {
        auto& e = entries_[slot];
        auto& home = states_[e.queue.index];
        if (e.at == place::waiting) {
            items_.erase(home.items, slot);
            --size_;
        } else {
            home.aside[e.row] = home.aside.back();
            entries_[home.aside[e.row]].row = e.row;
            home.aside.pop_back();
        }
        e.at = place::nowhere;
        free_.push_back(slot);
        auto out = popped{std::move(*e.item), e.queue, e.demand, e.sequence};
        e.item.reset();
        return out;
    }

    // The choice.
    template <std::size_t From, std::size_t Measures>
    [[nodiscard]] static auto small_enough(std::array<std::int64_t, Measures> const& m, amounts const& free)
        -> bool {
        for (std::size_t r = 0; r < Resources; ++r)
            if (m[From + r] > free[r]) return false;
        return true;
    }
    /// The first item in order below a queue that needs no more than is free for it.
    [[nodiscard]] auto find_in(std::uint32_t queue, amounts free) const -> std::uint32_t {
        auto const& s = states_[queue];
        if (s.items != none) {
            return items_.first(
                s.items, [&](auto const& m) { return small_enough<0>(m, free); },
                [](std::uint32_t) { return true; });
        }
        auto const& taken = shares_.kept_below({queue});
        for (std::size_t r = 0; r < Resources; ++r) free[r] -= taken[r];
        auto const within = find_among<true>(s.branches, free);
        return within != none ? within : find_among<false>(s.branches, free);
    }
    template <bool WithinGuarantee>
    [[nodiscard]] auto find_among(std::uint32_t branches, amounts const& free) const -> std::uint32_t {
        auto found = none;
        (void)branches_.first(
            branches, [&](auto const& m) { return small_enough<WithinGuarantee ? 0 : Resources>(m, free); },
            [&](std::uint32_t child) {
                found = find_in(child, free_for<WithinGuarantee>({child}, free));
                return found != none;
            });
        return found;
    }
    template <bool WithinGuarantee>
    [[nodiscard]] auto free_for(queue_id child, amounts free) const -> amounts {
        auto const& kept = shares_.kept(child);
        auto const own =
            WithinGuarantee ? lesser(shares_.room(child), shares_.due(child)) : shares_.room(child);
        for (std::size_t r = 0; r < Resources; ++r) free[r] += kept[r];
        return lesser(free, own);
    }
    [[nodiscard]] static auto lesser(amounts a, amounts const& b) -> amounts {
        for (std::size_t r = 0; r < Resources; ++r) a[r] = b[r] < a[r] ? b[r] : a[r];
        return a;
    }

    // What the one above knows of a queue.
    /// What must be free above for something below to be taken, at least: within the guarantee, and at all.
    [[nodiscard]] auto needs_of(queue_id id) const -> typename branch_tree::measures {
        auto const& s = states_[id.index];
        auto need = amounts{};
        if (s.items != none) {
            need = items_.least(s.items);
        } else {
            auto const below = branches_.least(s.branches);
            auto const& taken = shares_.kept_below(id);
            for (std::size_t r = 0; r < Resources; ++r) need[r] = taken[r] + below[Resources + r];
        }
        auto out = branch_tree::nothing();
        if (!shares_type::within(need, shares_.room(id))) return out;
        auto const owed = s.rests_until == 0 && shares_type::within(need, shares_.due(id));
        for (std::size_t r = 0; r < Resources; ++r) {
            out[Resources + r] = need[r] - shares_.kept(id)[r];
            if (owed) out[r] = out[Resources + r];
        }
        return out;
    }
    [[nodiscard]] auto goes_before(std::uint32_t a, std::uint32_t b) const -> bool {
        auto const key = [](state const& s, std::uint32_t i) {
            return std::tuple(s.rests_until, s.share, s.last_turn, i);
        };
        return key(states_[a], a) < key(states_[b], b);
    }
    /// Brings a queue up to date in the tree of the one above; `moves`: its place in the order may be
    /// another. Answers whether the one above may look different now.
    auto refresh(queue_id id, bool moves) -> bool {
        auto& s = states_[id.index];
        auto& above = states_[shares_.parent(id).index];
        auto const inside = branches_.contains(id.index);
        if (s.items == none && s.branches == none) {
            if (!inside) return false;
            branches_.erase(above.branches, id.index);
            --above.waiting;
            return true;
        }
        if (!inside && s.rests_until <= above.turns) s.rests_until = 0; // nobody wakes who has nothing to do
        auto const needs = needs_of(id);
        if (inside && !moves) {
            if (branches_.measures_of(id.index) == needs) return false;
            branches_.update(id.index, needs);
            return true;
        }
        if (inside) branches_.erase(above.branches, id.index);
        else ++above.waiting;
        s.share = shares_.dominant_share(id);
        branches_.insert(above.branches, id.index, needs,
                         [this](auto a, auto b) { return goes_before(a, b); });
        return true;
    }
    /// From a queue up, as far as anything changes.
    auto refresh_up(queue_id id, bool moves) -> void {
        for (auto n = id; n != root; n = shares_.parent(n))
            if (!refresh(n, moves) && !moves) return;
    }
    /// The same where terms have changed; what stands beside and below it is told too.
    auto refresh_from(queue_id id) -> void {
        for (auto n = id; n != root; n = shares_.parent(n)) refresh(n, true);
    }
    /// A queue has had its turn, and those above it.
    auto end_turn(queue_id queue) -> void {
        for (auto n = queue; n != root;) {
            auto const up = shares_.parent(n);
            auto& s = states_[n.index];
            s.last_turn = ++clock_;
            s.rests_until = 0;
            refresh(n, true);
            ++states_[up.index].turns;
            wake(up);
            n = up;
        }
    }
    /// Those that have rested long enough do not rest any more.
    auto wake(queue_id above) -> void {
        auto& s = states_[above.index];
        for (;;) {
            auto const first =
                branches_.first_after(s.branches, [&](auto i) { return states_[i].rests_until == 0; });
            if (first == none || states_[first].rests_until > s.turns) return;
            states_[first].rests_until = 0;
            refresh({first}, true);
        }
    }

    shares_type shares_;
    std::vector<state> states_; ///< by the index of the queue
    std::vector<entry> entries_;
    std::vector<std::uint32_t> free_;
    item_tree items_;
    branch_tree branches_;
    std::size_t size_ = 0;
    std::uint64_t sequence_ = 0;
    std::uint64_t clock_ = 0;
};

} // namespace berth

#pragma once

/// \file
/// A tree of queues that share what there is: who uses how much, who has a right to how much, and who may
/// have more. The accounts alone; `fair_queue` keeps what waits.

#include <berth/core/assert.hpp>
#include <berth/core/detail/least_tree.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth {

/// How much of each resource, in units of the caller (millicores, bytes, slots), each below 2^61. What stands
/// where is the caller's too.
template <std::size_t Resources> using amounts = std::array<std::int64_t, Resources>;

/// More of everything than anybody has.
template <std::size_t Resources>
inline constexpr auto unlimited = [] {
    auto out = amounts<Resources>{};
    out.fill(detail::never - 1);
    return out;
}();

/// On what terms a queue takes part.
template <std::size_t Resources> struct share_terms {
    /// Shares of siblings are to each other as their weights; above 0.
    double weight = 1;
    /// What the queue has a right to: it goes before siblings that have all of theirs. The guarantees of
    /// siblings should not add up to more than their parent has, or they cannot all be kept.
    amounts<Resources> guaranteed{};
    /// What it may use at most. Beyond its guarantee it borrows: a limit equal to the guarantee forbids it.
    amounts<Resources> limit = unlimited<Resources>;
    /// Whether others may use what it has a right to and does not use. They are not made to give it back: it
    /// goes first when something becomes free.
    bool lends = true;
};

/// Names a queue in its tree.
struct queue_id {
    std::uint32_t index = 0;

    friend constexpr auto operator==(queue_id, queue_id) -> bool = default;
};

/// Of what there is not enough.
struct shortage {
    queue_id queue;           ///< whose limit it is; the root for the capacity
    std::size_t resource = 0; ///< which of the amounts
    std::int64_t need = 0;    ///< how much would have to be free, with what siblings keep
    std::int64_t free = 0;    ///< how much is

    friend constexpr auto operator==(shortage const&, shortage const&) -> bool = default;
};

/// The tree of shares. What a queue uses, its ancestors use too.
///
/// Its *dominant share* is the greatest part of any resource that it uses (dominant resource fairness:
/// Ghodsi et al., NSDI 2011), here divided by its weight. Siblings are compared by the dominant shares of all
/// that is used below them. Children with complementary demands can thereby hide behind each other
/// (Bhattacharya et al., SoCC 2013): the remedy here is a guarantee.
///
/// Amounts are whole numbers, so that refunds cancel charges exactly. Charges and questions cost the depth of
/// the tree.
template <std::size_t Resources> class fair_share {
    static_assert(Resources > 0, "fair_share: there must be a resource to share");

public:
    using amounts = berth::amounts<Resources>;
    using terms = share_terms<Resources>;

    /// Above all queues.
    static constexpr auto root = queue_id{0};

    /// The tree without queues, over so much of everything.
    explicit fair_share(amounts capacity) : capacity_(capacity) {
        nodes_.emplace_back();
        nodes_[0].open = true;
    }

    /// A queue comes, below another.
    auto open(queue_id parent, terms t = {}) -> queue_id {
        BERTH_ASSERT(knows(parent), "fair_share: the parent of a new queue is not open");
        BERTH_ASSERT(t.weight > 0, "fair_share: the weight of a queue must be above 0");
        auto const id = fresh();
        nodes_[id.index].open = true;
        nodes_[id.index].parent = parent.index;
        nodes_[id.index].rules = std::move(t);
        ++nodes_[parent.index].children;
        recount(id);
        return id;
    }
    /// A queue is opened by its path ("research/vision"), and those above it that are not open yet on the
    /// usual terms. If it is open, it has these terms from now on.
    auto open(std::string_view path, terms t = {}) -> queue_id {
        if (auto const known = find(path)) {
            set_terms(*known, std::move(t));
            return *known;
        }
        auto const slash = path.rfind('/');
        auto parent = root;
        if (slash != std::string_view::npos) {
            auto const above = path.substr(0, slash);
            auto const known = find(above);
            parent = known ? *known : open(above);
        }
        auto const id = open(parent, std::move(t));
        nodes_[id.index].path = path;
        by_path_.emplace(path, id);
        return id;
    }
    [[nodiscard]] auto find(std::string_view path) const -> std::optional<queue_id> {
        auto const at = by_path_.find(path);
        if (at == by_path_.end()) return std::nullopt;
        return at->second;
    }
    /// A queue goes, which uses nothing and has nothing below it. Its name may be given to another.
    auto close(queue_id id) -> void {
        auto& n = at(id);
        BERTH_ASSERT(id != root && n.children == 0,
                     "fair_share: a queue with queues below it cannot be closed");
        BERTH_ASSERT(n.used == amounts{}, "fair_share: a queue that uses something cannot be closed");
        n.rules = {};
        recount(id);
        --nodes_[n.parent].children;
        by_path_.erase(n.path);
        n = {};
        free_.push_back(id.index);
    }
    auto set_terms(queue_id id, terms t) -> void {
        BERTH_ASSERT(t.weight > 0, "fair_share: the weight of a queue must be above 0");
        at(id).rules = std::move(t);
        recount(id);
    }
    auto set_capacity(amounts capacity) -> void { capacity_ = capacity; }

    /// A queue uses so much more, whether it fits or not.
    auto charge(queue_id id, amounts const& more) -> void {
        for (auto n = id.index;; n = nodes_[n].parent) {
            for (std::size_t r = 0; r < Resources; ++r) nodes_[n].used[r] += more[r];
            if (n == root.index) break;
        }
        recount(id);
    }
    /// A queue has given back so much.
    auto refund(queue_id id, amounts const& less) -> void {
        for (auto n = id.index;; n = nodes_[n].parent) {
            for (std::size_t r = 0; r < Resources; ++r) {
                nodes_[n].used[r] -= less[r];
                BERTH_ASSERT(nodes_[n].used[r] >= 0, "fair_share: a queue gives back more than it uses");
            }
            if (n == root.index) break;
        }
        recount(id);
    }

    /// Whether a queue may use so much more: what it and those above it have left, less what siblings keep.
    [[nodiscard]] auto fits(queue_id id, amounts const& more) const -> bool { return !shortage_of(id, more); }
    /// What is short if a queue is to use so much more; nothing if it fits.
    [[nodiscard]] auto shortage_of(queue_id id, amounts need) const -> std::optional<shortage> {
        for (auto n = id.index; n != root.index; n = nodes_[n].parent) {
            if (auto const out = compare({n}, need, room({n}))) return out;
            auto const& above = nodes_[nodes_[n].parent];
            for (std::size_t r = 0; r < Resources; ++r) need[r] += above.kept_below[r] - nodes_[n].kept[r];
        }
        return compare(root, need, room(root));
    }
    /// What would be short if nobody used anything: whoever asks for so much waits for ever.
    [[nodiscard]] auto excess_of(queue_id id, amounts const& need) const -> std::optional<shortage> {
        for (auto n = id.index; n != root.index; n = nodes_[n].parent)
            if (auto const out = compare({n}, need, nodes_[n].rules.limit)) return out;
        return compare(root, need, capacity_);
    }
    /// Whether it and those above it would be within what they are guaranteed.
    [[nodiscard]] auto within_guarantee(queue_id id, amounts const& more) const -> bool {
        for (auto n = id.index; n != root.index; n = nodes_[n].parent)
            if (!within(more, due({n}))) return false;
        return true;
    }

    [[nodiscard]] auto capacity() const -> amounts const& { return capacity_; }
    [[nodiscard]] auto knows(queue_id id) const -> bool {
        return id.index < nodes_.size() && nodes_[id.index].open;
    }
    [[nodiscard]] auto is_leaf(queue_id id) const -> bool { return at(id).children == 0; }
    /// By what path it was opened; empty if by none.
    [[nodiscard]] auto path(queue_id id) const -> std::string_view { return at(id).path; }
    [[nodiscard]] auto parent(queue_id id) const -> queue_id { return {at(id).parent}; }
    [[nodiscard]] auto terms_of(queue_id id) const -> terms const& { return at(id).rules; }
    [[nodiscard]] auto usage(queue_id id) const -> amounts const& { return at(id).used; }
    /// The dominant share by weight: 0.5 for a queue of weight 1 that uses half of a resource.
    [[nodiscard]] auto dominant_share(queue_id id) const -> double {
        auto const& n = at(id);
        auto most = 0.0;
        for (std::size_t r = 0; r < Resources; ++r) {
            if (n.used[r] == 0) continue;
            // One division of exact numbers: equal shares are equal as numbers too.
            auto const part =
                static_cast<double>(n.used[r]) / (static_cast<double>(capacity_[r]) * n.rules.weight);
            most = part > most ? part : most;
        }
        return most;
    }
    /// What a queue has left of its limit; of the root, what there is left of everything.
    [[nodiscard]] auto room(queue_id id) const -> amounts {
        return id == root ? less(capacity_, nodes_[0].used) : less(at(id).rules.limit, at(id).used);
    }
    /// What it has left of its guarantee; below 0 where it borrows.
    [[nodiscard]] auto due(queue_id id) const -> amounts {
        return less(at(id).rules.guaranteed, at(id).used);
    }
    /// What nobody outside may use, as it and those below it do not lend it.
    [[nodiscard]] auto kept(queue_id id) const -> amounts const& { return at(id).kept; }
    /// The sum of what the queues just below it keep.
    [[nodiscard]] auto kept_below(queue_id id) const -> amounts const& { return at(id).kept_below; }

    /// Whether none of the amounts is more than there is.
    [[nodiscard]] static constexpr auto within(amounts const& need, amounts const& there_is) -> bool {
        for (std::size_t r = 0; r < Resources; ++r)
            if (need[r] > there_is[r]) return false;
        return true;
    }

private:
    struct node {
        bool open = false;
        std::uint32_t parent = 0;
        std::uint32_t children = 0;
        terms rules{};
        amounts used{};
        amounts kept{};
        amounts kept_below{};
        std::string path{};
    };

    [[nodiscard]] static auto compare(queue_id id, amounts const& need, amounts const& free)
        -> std::optional<shortage> {
        for (std::size_t r = 0; r < Resources; ++r)
            if (need[r] > free[r]) return shortage{id, r, need[r], free[r]};
        return std::nullopt;
    }
    [[nodiscard]] static constexpr auto less(amounts a, amounts const& b) -> amounts {
        for (std::size_t r = 0; r < Resources; ++r) a[r] -= b[r];
        return a;
    }
    [[nodiscard]] auto at(queue_id id) const -> node const& {
        BERTH_ASSERT(knows(id), "fair_share: this queue is not open");
        return nodes_[id.index];
    }
    [[nodiscard]] auto at(queue_id id) -> node& {
        BERTH_ASSERT(knows(id), "fair_share: this queue is not open");
        return nodes_[id.index];
    }
    auto fresh() -> queue_id {
        if (free_.empty()) {
            nodes_.emplace_back();
            return {static_cast<std::uint32_t>(nodes_.size() - 1)};
        }
        auto const out = free_.back();
        free_.pop_back();
        return {out};
    }
    /// What is kept, from a queue up.
    auto recount(queue_id id) -> void {
        for (auto i = id.index; i != root.index; i = nodes_[i].parent) {
            auto& n = nodes_[i];
            auto& above = nodes_[n.parent];
            for (std::size_t r = 0; r < Resources; ++r) {
                auto const own = n.rules.lends ? std::int64_t{0} : n.rules.guaranteed[r] - n.used[r];
                auto const now = own > n.kept_below[r] ? own : n.kept_below[r];
                above.kept_below[r] += now - n.kept[r];
                n.kept[r] = now;
            }
        }
    }

    amounts capacity_;
    std::vector<node> nodes_;
    std::vector<std::uint32_t> free_;
    std::map<std::string, queue_id, std::less<>> by_path_;
};

} // namespace berth

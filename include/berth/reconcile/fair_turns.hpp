#pragma once

/// \file
/// Keys of many tenants have their turns so that none of them takes all workers or holds up the others: a
/// namespace with ten thousand keys, say.
///
/// ```cpp
/// auto queue = work_queue<object::key, key_hash, no_causes, fair_turns<>>();
/// queue.turns().set_terms("kube-system", {.weight = 4});
/// queue.turns().set_terms("batch", {.limit = {2}});   // two workers at most
/// ```

#include <berth/core/fair_queue.hpp>
#include <berth/object/meta.hpp>
#include <berth/reconcile/detail/flat_index.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::reconcile {

/// The tenant of an object is its namespace.
struct tenant_by_namespace {
    auto operator()(object::key const& k) const -> std::string_view { return k.namespace_; }
};

/// `Turns` of a `work_queue`: the next turn is that of the tenant with the fewest keys given out, by weight;
/// of equals that of the one whose last turn is the longest ago. With one worker tenants take turns; with
/// several they have workers as their weights say. `TenantOf` is callable as `(key const&) ->
/// std::string_view`. The keys of a tenant come as they began to wait.
///
/// Costs the logarithm of the number of tenants and of a tenant's keys. A tenant of which nothing waits and
/// nothing is given out is forgotten, unless it has terms of its own.
template <class TenantOf = tenant_by_namespace> class fair_turns {
    using queue_type = fair_queue<std::uint32_t, 1>;

public:
    using terms = queue_type::terms;

    fair_turns() = default;
    explicit fair_turns(TenantOf tenant_of) : tenant_of_(std::move(tenant_of)) {}

    /// A tenant's weight, the number of workers it has a right to (`guaranteed`), and may have (`limit`).
    auto set_terms(std::string_view tenant, terms t) -> void {
        auto& known = tenant_called(tenant);
        known.has_terms = true;
        queue_.set_terms(known.queue, std::move(t));
    }

    /// See `turns_as_they_came`.
    template <class Key> auto push(std::uint32_t slot, Key const& key) -> void {
        queue_.push(tenant_called(tenant_of_(key)).queue, slot, {1});
    }
    auto pop() -> std::uint32_t {
        auto const next = queue_.pop();
        if (!next) return detail::nowhere;
        queue_.charge(next->queue, next->demand);
        if (at_work_.size() <= next->item) at_work_.resize(next->item + std::size_t{1});
        at_work_[next->item] = next->queue;
        return next->item;
    }
    auto done(std::uint32_t slot) -> void {
        auto const queue = at_work_[slot];
        queue_.refund(queue, {1});
        if (!queue_.empty(queue) || queue_.shares().usage(queue)[0] != 0) return;
        auto const at = tenants_.find(names_[queue.index]);
        if (at->second.has_terms) return;
        queue_.close(queue);
        tenants_.erase(at);
    }
    auto give_back() -> void { at_work_ = {}; }
    [[nodiscard]] auto ready() const -> bool { return queue_.front().has_value(); }
    [[nodiscard]] auto size() const -> std::size_t { return queue_.size(); }
    /// How many tenants are known.
    [[nodiscard]] auto tenants() const -> std::size_t { return tenants_.size(); }

private:
    struct account {
        queue_id queue{};
        bool has_terms = false;
    };

    auto tenant_called(std::string_view name) -> account& {
        if (auto const at = tenants_.find(name); at != tenants_.end()) return at->second;
        auto const id = queue_.open(queue_type::root);
        if (names_.size() <= id.index) names_.resize(id.index + std::size_t{1});
        names_[id.index] = name;
        return tenants_.emplace(name, account{id}).first->second;
    }

    [[no_unique_address]] TenantOf tenant_of_{};
    queue_type queue_{{std::int64_t{1} << 40}}; ///< more workers than there are keys
    std::map<std::string, account, std::less<>> tenants_;
    std::vector<std::string> names_; ///< by the queue
    std::vector<queue_id> at_work_;  ///< by the slot
};

} // namespace berth::reconcile

#pragma once

/// \file
/// The bodies of `berth/store/detail/lease_book.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/detail/lease_book.hpp>

#include <algorithm>

namespace berth::store::detail {

BERTH_DECL auto lease_book::contains(lease_id id) const -> bool { return leases_.contains(id); }

BERTH_DECL auto lease_book::find(lease_id id) const -> lease_entry const* {
    auto const found = leases_.find(id);
    return found == leases_.end() ? nullptr : &found->second;
}

BERTH_DECL auto lease_book::ids() const -> std::vector<lease_id> {
    auto out = std::vector<lease_id>{};
    out.reserve(leases_.size());
    for (auto const& [id, lease] : leases_) out.push_back(id);
    return out;
}

BERTH_DECL auto lease_book::add(lease_id id, std::int64_t ttl, time_point now) -> void {
    auto const deadline = deadline_of(now, ttl);
    deadlines_.emplace(deadline, id);
    try {
        leases_.emplace(id, lease_entry{.ttl = ttl, .deadline = deadline});
    } catch (...) {
        deadlines_.erase({deadline, id});
        throw;
    }
}

BERTH_DECL auto lease_book::prolong(lease_id id, time_point now) -> void {
    auto& lease = leases_.find(id)->second;
    auto place = deadlines_.extract({lease.deadline, id});
    lease.deadline = deadline_of(now, lease.ttl);
    place.value() = {lease.deadline, id};
    deadlines_.insert(std::move(place));
}

BERTH_DECL auto lease_book::remove(lease_id id) -> node {
    auto out = leases_.extract(id);
    if (out) deadlines_.erase({out.mapped().deadline, id});
    return out;
}

BERTH_DECL auto lease_book::put_back(node lease) -> void {
    deadlines_.emplace(lease.mapped().deadline, lease.key());
    leases_.insert(std::move(lease));
}

BERTH_DECL auto lease_book::next_deadline() const -> std::optional<time_point> {
    if (deadlines_.empty()) return std::nullopt;
    return deadlines_.begin()->first;
}

BERTH_DECL auto lease_book::overdue(time_point now) const -> lease_id {
    return !deadlines_.empty() && deadlines_.begin()->first <= now ? deadlines_.begin()->second : 0;
}

BERTH_DECL auto lease_book::attach(lease_id id, shared_key& key) -> void {
    auto const found = leases_.find(id);
    if (found == leases_.end()) return;
    auto& keys = found->second.keys;
    auto const at = keys.lower_bound(key.view());
    if (at == keys.end() || at->view() != key.view()) keys.emplace_hint(at, key);
}

BERTH_DECL auto lease_book::detach(lease_id id, std::string_view key) -> void {
    auto const found = leases_.find(id);
    if (found == leases_.end()) return;
    if (auto const k = found->second.keys.find(key); k != found->second.keys.end())
        found->second.keys.erase(k);
}

BERTH_DECL auto lease_book::deadline_of(time_point now, std::int64_t ttl) -> time_point {
    auto const left = std::numeric_limits<std::int64_t>::max() - std::max<std::int64_t>(now.nanoseconds, 0);
    if (ttl > left / seconds(1).nanoseconds) return {std::numeric_limits<std::int64_t>::max()};
    return now + seconds(ttl);
}

} // namespace berth::store::detail

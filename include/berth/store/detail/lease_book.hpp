#pragma once

/// \file
/// The leases of a store in this process: when each ends, and which keys may hang on it. Not synchronized.

#include <berth/core/time.hpp>
#include <berth/store/fwd.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store::detail {

/// One lease. `keys` holds every key that hangs on it and perhaps some that do not any more: whether one
/// does is said by its newest version.
struct lease_entry {
    std::int64_t ttl = 0;
    time_point deadline{};
    std::set<std::string, std::less<>> keys{};
};

class lease_book {
public:
    using node = std::map<lease_id, lease_entry>::node_type;

    [[nodiscard]] auto contains(lease_id id) const -> bool { return leases_.contains(id); }
    /// The lease, or null.
    [[nodiscard]] auto find(lease_id id) const -> lease_entry const* {
        auto const found = leases_.find(id);
        return found == leases_.end() ? nullptr : &found->second;
    }
    [[nodiscard]] auto ids() const -> std::vector<lease_id> {
        auto out = std::vector<lease_id>{};
        out.reserve(leases_.size());
        for (auto const& [id, lease] : leases_) out.push_back(id);
        return out;
    }

    /// Adds a lease whose id is free.
    auto add(lease_id id, std::int64_t ttl, time_point now) -> void {
        auto const deadline = deadline_of(now, ttl);
        deadlines_.emplace(deadline, id);
        try {
            leases_.emplace(id, lease_entry{.ttl = ttl, .deadline = deadline});
        } catch (...) {
            deadlines_.erase({deadline, id});
            throw;
        }
    }
    /// Gives a lease its whole time again; there must be such a lease.
    auto prolong(lease_id id, time_point now) -> void {
        auto& lease = leases_.find(id)->second;
        auto place = deadlines_.extract({lease.deadline, id});
        lease.deadline = deadline_of(now, lease.ttl);
        place.value() = {lease.deadline, id};
        deadlines_.insert(std::move(place));
    }
    /// Takes a lease out; `put_back` undoes it without failing.
    [[nodiscard]] auto remove(lease_id id) -> node {
        auto out = leases_.extract(id);
        if (out) deadlines_.erase({out.mapped().deadline, id});
        return out;
    }
    auto put_back(node lease) -> void {
        deadlines_.emplace(lease.mapped().deadline, lease.key());
        leases_.insert(std::move(lease));
    }

    /// When the next lease ends.
    [[nodiscard]] auto next_deadline() const -> std::optional<time_point> {
        if (deadlines_.empty()) return std::nullopt;
        return deadlines_.begin()->first;
    }
    /// A lease whose time is up, or 0.
    [[nodiscard]] auto overdue(time_point now) const -> lease_id {
        return !deadlines_.empty() && deadlines_.begin()->first <= now ? deadlines_.begin()->second : 0;
    }

    auto attach(lease_id id, std::string_view key) -> void {
        if (auto const found = leases_.find(id); found != leases_.end()) found->second.keys.emplace(key);
    }
    auto detach(lease_id id, std::string_view key) -> void {
        auto const found = leases_.find(id);
        if (found == leases_.end()) return;
        if (auto const k = found->second.keys.find(key); k != found->second.keys.end())
            found->second.keys.erase(k);
    }

private:
    /// The longest leases end beyond what a time can say, which is then the end of time.
    [[nodiscard]] static auto deadline_of(time_point now, std::int64_t ttl) -> time_point {
        auto const left =
            std::numeric_limits<std::int64_t>::max() - std::max<std::int64_t>(now.nanoseconds, 0);
        if (ttl > left / seconds(1).nanoseconds) return {std::numeric_limits<std::int64_t>::max()};
        return now + seconds(ttl);
    }

    std::map<lease_id, lease_entry> leases_;
    std::set<std::pair<time_point, lease_id>> deadlines_;
};

} // namespace berth::store::detail

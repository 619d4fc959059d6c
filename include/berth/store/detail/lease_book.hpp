#pragma once

/// \file
/// The leases of a store in this process: when each ends, and which keys may hang on it. Not synchronized.

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/store/detail/shared_key.hpp>
#include <berth/store/fwd.hpp>

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store::detail {

/// One lease. `keys` holds every key that hangs on it and perhaps some that do not any more: whether one
/// does is said by its newest version.
struct lease_entry {
    std::int64_t ttl = 0;
    time_point deadline{};
    std::set<held_key, held_key::by_text> keys{};
};

class lease_book {
public:
    using node = std::map<lease_id, lease_entry>::node_type;

    [[nodiscard]] auto contains(lease_id id) const -> bool;
    /// The lease, or null.
    [[nodiscard]] auto find(lease_id id) const -> lease_entry const*;
    [[nodiscard]] auto ids() const -> std::vector<lease_id>;

    /// Adds a lease whose id is free.
    auto add(lease_id id, std::int64_t ttl, time_point now) -> void;
    /// Gives a lease its whole time again; there must be such a lease.
    auto prolong(lease_id id, time_point now) -> void;
    /// Takes a lease out; `put_back` undoes it without failing.
    [[nodiscard]] auto remove(lease_id id) -> node;
    auto put_back(node lease) -> void;

    /// When the next lease ends.
    [[nodiscard]] auto next_deadline() const -> std::optional<time_point>;
    /// A lease whose time is up, or 0.
    [[nodiscard]] auto overdue(time_point now) const -> lease_id;

    auto attach(lease_id id, shared_key& key) -> void;
    auto detach(lease_id id, std::string_view key) -> void;

private:
    /// The longest leases end beyond what a time can say, which is then the end of time.
    [[nodiscard]] static auto deadline_of(time_point now, std::int64_t ttl) -> time_point;

    std::map<lease_id, lease_entry> leases_;
    std::set<std::pair<time_point, lease_id>> deadlines_;
};

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/detail/lease_book.ipp>
#endif

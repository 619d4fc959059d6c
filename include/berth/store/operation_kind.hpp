#pragma once

/// \file
/// The operations of a versioned store by name, for those who count them, refuse them or let them pass.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace berth::store {

/// What is asked of a store, or of one of its cursors (`next`).
enum class operation_kind : std::uint8_t {
    range,
    commit,
    put,
    erase,
    compact,
    watch,
    next,
    grant,
    keep_alive,
    revoke,
    time_to_live,
    leases,
};

/// How many kinds there are.
inline constexpr std::size_t operation_kinds = 12;

/// The name of a kind, as it stands in metrics.
[[nodiscard]] constexpr auto name_of(operation_kind kind) -> std::string_view {
    switch (kind) {
    case operation_kind::range: return "range";
    case operation_kind::commit: return "commit";
    case operation_kind::put: return "put";
    case operation_kind::erase: return "erase";
    case operation_kind::compact: return "compact";
    case operation_kind::watch: return "watch";
    case operation_kind::next: return "next";
    case operation_kind::grant: return "grant";
    case operation_kind::keep_alive: return "keep_alive";
    case operation_kind::revoke: return "revoke";
    case operation_kind::time_to_live: return "time_to_live";
    case operation_kind::leases: return "leases";
    }
    return "";
}

/// Whether an operation may change what the store holds, so that its outcome can be unknown (`timeout`).
[[nodiscard]] constexpr auto is_write(operation_kind kind) -> bool {
    switch (kind) {
    case operation_kind::commit:
    case operation_kind::put:
    case operation_kind::erase:
    case operation_kind::compact:
    case operation_kind::grant:
    case operation_kind::keep_alive:
    case operation_kind::revoke: return true;
    default: return false;
    }
}

} // namespace berth::store

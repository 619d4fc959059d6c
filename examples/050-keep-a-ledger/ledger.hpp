#pragma once

/// \file
/// The pure core of the story: money moves between accounts in one transaction or not at all, on any store.

#include <berth/store/operations.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace ledger {

namespace store = berth::store;

/// The account as a store keeps it, with the revision that a change of it depends on.
struct account {
    std::int64_t balance = 0;
    store::revision_number at = 0; ///< 0: there is none yet
};

template <store::versioned_store S>
[[nodiscard]] auto read(S const& s, std::string_view name) -> berth::result<account> {
    auto const found = store::get(s, "account/" + std::string{name});
    if (!found) return std::unexpected(found.error());
    if (!*found) return account{};
    return account{std::stoll(found->value()), found->mod_revision()};
}

/// "Nobody has changed it since I looked", and the change.
inline auto change(store::txn<std::string>& t, std::string_view name, account const& seen, std::int64_t by)
    -> void {
    auto key = "account/" + std::string{name};
    t.when.push_back({.key = key, .number = seen.at});
    t.then.emplace_back(
        store::put_request<std::string>{.key = key, .value = std::to_string(seen.balance + by)});
}

/// Moves money, if there is enough of it: looks, and writes on the condition that what it saw still holds;
/// looks again until it does. Answers whether there was enough. An error `timeout` means that nobody knows
/// whether the money was moved.
template <store::versioned_store S>
auto transfer(S& s, std::string_view from, std::string_view to, std::int64_t amount) -> berth::result<bool> {
    while (true) {
        auto const source = ledger::read(s, from);
        auto const target = ledger::read(s, to);
        if (!source) return std::unexpected(source.error());
        if (!target) return std::unexpected(target.error());
        if (source->balance < amount) return false;
        auto t = store::txn<std::string>{};
        change(t, from, *source, -amount);
        change(t, to, *target, amount);
        auto const done = store::commit_one(s, t);
        if (!done) return std::unexpected(done.error());
        if (done->succeeded) return true;
    }
}

} // namespace ledger

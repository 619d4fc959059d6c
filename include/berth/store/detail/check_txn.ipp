#pragma once

/// \file
/// The bodies of `berth/store/detail/check_txn.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/detail/check_txn.hpp>

namespace berth::store::detail {

BERTH_DECL auto written_keys::erases(std::string_view key) const -> bool {
    return std::any_of(erased.begin(), erased.end(), [&](auto r) { return r.contains(key); });
}

BERTH_DECL auto written_keys::add_put(std::string_view key) -> bool {
    return !erases(key) && puts.insert(key).second;
}

BERTH_DECL auto check_request(erase_request const& r) -> result<void> {
    if (r.key.empty()) return errors::empty_key();
    return {};
}

} // namespace berth::store::detail

#pragma once

/// \file
/// The bodies of `berth/api/expiry.hpp`.

#include <berth/api/expiry.hpp>
#include <berth/core/config.hpp>

#include <algorithm>

namespace berth::api {

BERTH_DECL expiry_leases::expiry_leases(std::vector<lifetime> kinds, clock_function now)
    : now_(std::move(now)) {
    for (auto const& k : kinds)
        if (k.kept_as != nullptr && k.stay >= seconds(1)) leases_.push_back({.of = k});
}

BERTH_DECL auto expiry_leases::governs(object::resource_name const& kept_as) const -> bool {
    return find(leases_, kept_as) != leases_.end();
}

BERTH_DECL auto expiry_leases::lease_for(object_store& in, object::resource_name const& kept_as)
    -> result<store::lease_id> {
    if (!governs(kept_as)) return store::lease_id{0};
    auto const lock = std::scoped_lock(mutex_);
    auto& shared = *find(leases_, kept_as);
    auto const now = now_();
    if (shared.id == 0 || now >= shared.until || shared.keys >= most_keys) {
        auto const reuse = std::clamp(shared.of.stay / 20, seconds(1), minutes(1));
        auto const ttl = (shared.of.stay + reuse).nanoseconds / seconds(1).nanoseconds;
        auto granted = in.grant({.ttl = std::min(ttl, store::greatest_ttl)});
        if (!granted) return std::unexpected(std::move(granted).error());
        shared.id = granted->id;
        shared.until = now + reuse;
        shared.keys = 0;
    }
    ++shared.keys;
    return shared.id;
}

BERTH_DECL auto expiry_leases::forget(store::lease_id id) -> void {
    auto const lock = std::scoped_lock(mutex_);
    for (auto& l : leases_)
        if (l.id == id) l.id = 0;
}

} // namespace berth::api

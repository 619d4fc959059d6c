#pragma once

/// \file
/// The bodies of `berth/store/etcd/merging.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/merging.hpp>

namespace berth::store::detail {

BERTH_DECL auto touched_keys::add(key_range keys) -> void {
    if (keys.is_single()) single_.insert(keys.begin);
    else ranges_.push_back(keys);
}

BERTH_DECL auto touched_keys::meets(touched_keys const& other) const -> bool {
    auto const& fewer = single_.size() < other.single_.size() ? *this : other;
    auto const& more = &fewer == this ? other : *this;
    auto const both = std::ranges::any_of(fewer.single_, [&](auto k) { return more.single_.contains(k); });
    if (both || covers(other) || other.covers(*this)) return true;
    return std::ranges::any_of(ranges_, [&](key_range a) {
        return std::ranges::any_of(other.ranges_,
                                   [&](key_range b) { return !is_before(a, b) && !is_before(b, a); });
    });
}

BERTH_DECL auto touched_keys::add(touched_keys const& other) -> void {
    single_.insert(other.single_.begin(), other.single_.end());
    ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end());
}

BERTH_DECL auto touched_keys::covers(touched_keys const& other) const -> bool {
    return std::ranges::any_of(ranges_, [&](key_range r) {
        auto const first = other.single_.lower_bound(r.begin);
        return first != other.single_.end() && r.contains(*first);
    });
}

BERTH_DECL auto touched_keys::is_before(key_range a, key_range b) -> bool {
    return !a.is_unbounded() && a.end <= b.begin;
}

} // namespace berth::store::detail

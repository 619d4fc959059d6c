#pragma once

/// \file
/// Shorthand for the tests of the store on etcd.

#include "server.hpp"

#include <berth/store/etcd.hpp>

#include <catch2/catch_test_macros.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store::testing {

using etcd_txn = txn<std::string>;

inline auto connected(etcd_options options) -> etcd {
    auto s = etcd::connect(std::move(options));
    INFO((s ? std::string{} : s.error().message));
    REQUIRE(s.has_value());
    return std::move(*s);
}
template <std::same_as<std::string> Url> auto connected(Url const& url) -> etcd {
    return connected(etcd_options{.endpoints = {url}});
}

inline auto everything(revision_number at = 0) -> range_request {
    return {.key = std::string{smallest_key}, .range_end = std::string{unbounded}, .revision = at};
}
inline auto watch_everything(revision_number start = 0) -> watch_request {
    return {.range_end = std::string{unbounded}, .start = start};
}
inline auto put_of(std::string key, std::string value) -> put_request<std::string> {
    return {.key = std::move(key), .value = std::move(value)};
}
inline auto only_put(std::string key, std::string value) -> etcd_txn {
    return {.then = {put_of(std::move(key), std::move(value))}};
}

/// The revisions of all events until `last`; fails if one cannot be had.
inline auto revisions_until(etcd::cursor& c, revision_number last) -> std::vector<revision_number> {
    auto out = std::vector<revision_number>{};
    for (auto attempt = 0; c.progress() < last && attempt < 200; ++attempt) {
        auto const seen = c.next();
        if (!seen && seen.error().code == error_code::unavailable) continue;
        INFO((seen ? std::string{} : seen.error().message));
        REQUIRE(seen.has_value());
        for (auto const& e : *seen) out.push_back(e.kv.mod_revision());
    }
    return out;
}

/// Whether revisions follow each other without gap or repetition, from `first` on.
inline auto are_consecutive(std::vector<revision_number> const& revisions, revision_number first) -> bool {
    for (auto const r : revisions) {
        if (r != first++) return false;
    }
    return true;
}

} // namespace berth::store::testing

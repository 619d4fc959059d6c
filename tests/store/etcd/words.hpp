#pragma once

/// \file
/// Shorthand for the tests of the store on etcd.

#include "server.hpp"

#include <berth/store/etcd.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
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

/// A client of an etcd with what the parts of a store need, without the store.
struct etcd_parts {
    explicit etcd_parts(std::string const& url)
        : client({net::parse_endpoint(url, "2379").value()}, nullptr, etcd_options{}) {}

    [[nodiscard]] auto settings(std::string root = {}) -> detail::source_settings<text_codec> {
        return {client, known, codec, std::move(root), true};
    }

    detail::etcd_client client;
    detail::etcd_knowledge known{};
    text_codec codec{};
};

/// A moment that is so far away.
inline auto in(std::chrono::milliseconds time) -> net::instant { return net::steady_clock::now() + time; }
/// For what happens at once unless the machine is busy.
inline constexpr auto long_time = std::chrono::milliseconds(10'000);

} // namespace berth::store::testing

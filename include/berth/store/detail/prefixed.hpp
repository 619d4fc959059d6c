#pragma once

/// \file
/// Requests moved below a prefix, and replies without it.

#include <berth/core/config.hpp>
#include <berth/store/key_range.hpp>
#include <berth/store/key_value.hpp>
#include <berth/store/types.hpp>
#include <berth/store/watch.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace berth::store::detail {

/// The key below the prefix. An empty key stays empty, so that the store refuses it in its own words.
[[nodiscard]] BERTH_DECL auto below(std::string_view prefix, std::string_view key) -> std::string;

/// The end of the range below the prefix: none stays none, and no end becomes the prefix's.
[[nodiscard]] inline auto end_below(std::string_view prefix, std::string_view end) -> std::string {
    if (end == unbounded) return prefix_end(prefix);
    return below(prefix, end);
}

/// Any request that has a key and a range's end.
template <class R>
    requires requires(R r) { r.key, r.range_end; }
[[nodiscard]] auto below(std::string_view prefix, R request) -> R {
    if constexpr (std::is_same_v<R, watch_request>) {
        if (request.key.empty()) request.key = smallest_key;
    }
    request.key = below(prefix, std::string_view{request.key});
    request.range_end = end_below(prefix, request.range_end);
    return request;
}

template <class V> [[nodiscard]] auto below(std::string_view prefix, put_request<V> request)
    -> put_request<V> {
    request.key = below(prefix, std::string_view{request.key});
    return request;
}

template <class V> [[nodiscard]] auto below(std::string_view prefix, txn<V> const& t) -> txn<V>;

template <class V>
[[nodiscard]] auto below(std::string_view prefix, std::vector<operation<V>> const& steps)
    -> std::vector<operation<V>> {
    auto out = std::vector<operation<V>>{};
    out.reserve(steps.size());
    for (auto const& step : steps) {
        std::visit([&](auto const& request) { out.emplace_back(below(prefix, request)); }, step.request);
    }
    return out;
}

template <class V> [[nodiscard]] auto below(std::string_view prefix, txn<V> const& t) -> txn<V> {
    auto out = txn<V>{};
    out.when.reserve(t.when.size());
    for (auto const& c : t.when) out.when.push_back(below(prefix, c));
    out.then = below(prefix, t.then);
    out.otherwise = below(prefix, t.otherwise);
    return out;
}

/// The pair with the first `size` bytes of its key gone; no pair stays none.
template <class V> auto strip(key_value<V>& kv, std::size_t size) -> void {
    if (!kv) return;
    kv = key_value<V>::make(kv.key().substr(size), kv.numbers(), kv.value());
}

template <class V> auto strip(range_reply<V>& reply, std::size_t size) -> void {
    for (auto& kv : reply.kvs) strip(kv, size);
}
template <class V> auto strip(put_reply<V>& reply, std::size_t size) -> void { strip(reply.previous, size); }
template <class V> auto strip(erase_reply<V>& reply, std::size_t size) -> void {
    for (auto& kv : reply.previous) strip(kv, size);
}
template <class V> auto strip(txn_reply<V>& reply, std::size_t size) -> void {
    for (auto& r : reply.replies) {
        std::visit([&](auto& one) { strip(one, size); }, r.reply);
    }
}

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/detail/prefixed.ipp>
#endif

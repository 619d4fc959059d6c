#pragma once

/// \file
/// What follows from `versioned_store`: single reads and writes, and the optimistic writes that Kubernetes is
/// built on (KEP-4743, etcd `client/v3/kubernetes`).

#include <berth/core/error.hpp>
#include <berth/store/types.hpp>
#include <berth/store/versioned_store.hpp>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store {

/// The value type of a store.
template <class S> using value_of = typename S::value_type;

/// One key at a revision (<= 0: the newest); the empty `key_value` if there is none.
/// Errors: `expired`, `future_revision`, `bad_request`.
template <versioned_store S>
[[nodiscard]] auto get(S const& store, std::string_view key, revision_number at = 0)
    -> result<key_value<value_of<S>>> {
    auto found = store.range({.key = std::string{key}, .revision = at});
    if (!found) return std::unexpected(std::move(found.error()));
    return found->kvs.empty() ? key_value<value_of<S>>{} : std::move(found->kvs.front());
}

/// One transaction.
template <versioned_store S> auto commit_one(S& store, txn<value_of<S>> const& t)
    -> result<txn_reply<value_of<S>>> {
    return std::move(store.commit(std::span{&t, 1}).front());
}

/// One put. Uses the store's own `put` if it has one.
template <versioned_store S>
auto put(S& store, put_request<value_of<S>> request) -> result<put_reply<value_of<S>>> {
    if constexpr (requires { store.put(std::move(request)); }) {
        return store.put(std::move(request));
    } else {
        auto t = txn<value_of<S>>{};
        t.then.emplace_back(std::move(request));
        auto done = commit_one(store, t);
        if (!done) return std::unexpected(std::move(done.error()));
        return done->replies.front().put();
    }
}

template <versioned_store S>
auto put(S& store, std::string_view key, value_of<S> value) -> result<put_reply<value_of<S>>> {
    return store::put(store, put_request<value_of<S>>{.key = std::string{key}, .value = std::move(value)});
}

/// One deletion. Uses the store's own `erase` if it has one.
template <versioned_store S> auto erase(S& store, erase_request request) -> result<erase_reply<value_of<S>>> {
    if constexpr (requires { store.erase(request); }) {
        return store.erase(request);
    } else {
        auto t = txn<value_of<S>>{};
        t.then.emplace_back(std::move(request));
        auto done = commit_one(store, t);
        if (!done) return std::unexpected(std::move(done.error()));
        return done->replies.front().erase();
    }
}

template <versioned_store S> auto erase(S& store, std::string_view key) -> result<erase_reply<value_of<S>>> {
    return store::erase(store, erase_request{.key = std::string{key}});
}

/// How an optimistic write went.
template <class V> struct optimistic_reply {
    bool succeeded = false;       ///< whether the key was at the expected revision
    revision_number revision = 0; ///< the store's revision afterwards; the key's, if it succeeded
    key_value<V> current{};       ///< what was there instead, if it did not succeed; empty for a missing key
};

/// `if mod(key) == expected then step else read key`: the transaction of all optimistic writes.
template <class V>
[[nodiscard]] auto if_unchanged(std::string_view key, revision_number expected, operation<V> step) -> txn<V> {
    auto out = txn<V>{};
    out.when.push_back({.key = std::string{key}, .number = expected});
    out.then.push_back(std::move(step));
    out.otherwise.emplace_back(range_request{.key = std::string{key}});
    return out;
}

/// The answer to an `if_unchanged` transaction.
template <class V> [[nodiscard]] auto optimistic(result<txn_reply<V>> done) -> result<optimistic_reply<V>> {
    if (!done) return std::unexpected(std::move(done.error()));
    auto out = optimistic_reply<V>{.succeeded = done->succeeded, .revision = done->revision};
    if (!done->succeeded && !done->replies.front().range().kvs.empty())
        out.current = done->replies.front().range().kvs.front();
    return out;
}

/// Writes a key that is at the revision `expected`; 0 means that it must not exist.
template <versioned_store S>
auto put_if(S& store, std::string_view key, revision_number expected, value_of<S> value)
    -> result<optimistic_reply<value_of<S>>> {
    using value_type = value_of<S>;
    auto step = put_request<value_type>{.key = std::string{key}, .value = std::move(value)};
    return optimistic(commit_one(store, if_unchanged<value_type>(key, expected, std::move(step))));
}

/// Deletes a key that is at the revision `expected`.
template <versioned_store S>
auto erase_if(S& store, std::string_view key, revision_number expected)
    -> result<optimistic_reply<value_of<S>>> {
    using value_type = value_of<S>;
    auto step = erase_request{.key = std::string{key}};
    return optimistic(commit_one(store, if_unchanged<value_type>(key, expected, std::move(step))));
}

} // namespace berth::store

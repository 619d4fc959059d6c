#pragma once

/// \file
/// Requests and replies of a versioned store as plain values: etcd v3's key-value API (etcd 3.5 `rpc.proto`).

#include <berth/store/fwd.hpp>
#include <berth/store/key_range.hpp>
#include <berth/store/key_value.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace berth::store {

/// What a range is sorted by.
enum class sort_target : std::uint8_t { key, version, create, mod, value };

/// How a range is sorted. `none` leaves the keys in ascending order, and any other target ascending too.
enum class sort_order : std::uint8_t { none, ascend, descend };

/// Read the keys of a range as they were at a revision.
struct range_request {
    std::string key;                        ///< must not be empty
    std::string range_end{};                ///< see `key_range`
    revision_number revision = 0;           ///< <= 0 means the newest
    std::int64_t limit = 0;                 ///< the greatest number of keys returned; <= 0 means all
    bool keys_only = false;                 ///< leave the values out
    bool count_only = false;                ///< return the count and no keys
    sort_target sort_by = sort_target::key; ///< equal ones stay in the order of their keys
    sort_order order = sort_order::none;    ///< sorting comes before the limit

    [[nodiscard]] auto keys() const -> key_range { return {key, range_end}; }
};

/// The keys found, in ascending order of their bytes unless another order was asked for.
template <class V> struct range_reply {
    std::vector<key_value<V>> kvs{};
    std::int64_t count = 0;       ///< how many keys the range holds, whatever the limit
    bool more = false;            ///< whether the limit cut something off
    revision_number revision = 0; ///< the store's revision when it answered, also for reads of the past

    friend auto operator==(range_reply const&, range_reply const&) -> bool = default;
};

/// Write a key.
template <class V> struct put_request {
    std::string key; ///< must not be empty
    V value{};
    lease_id lease = 0; ///< hang the key on a lease; 0 takes it off the one it had
    bool want_previous = false;
    bool ignore_value = false; ///< keep the value the key has; it must exist
    bool ignore_lease = false; ///< keep the lease the key has; it must exist
};

template <class V> struct put_reply {
    key_value<V> previous{};      ///< what was there before, if asked for and there was
    revision_number revision = 0; ///< the revision that the put got

    friend auto operator==(put_reply const&, put_reply const&) -> bool = default;
};

/// Delete the keys of a range.
struct erase_request {
    std::string key;         ///< must not be empty
    std::string range_end{}; ///< see `key_range`
    bool want_previous = false;

    [[nodiscard]] auto keys() const -> key_range { return {key, range_end}; }
};

template <class V> struct erase_reply {
    std::int64_t deleted = 0;             ///< how many keys there were; none leaves the revision as it was
    std::vector<key_value<V>> previous{}; ///< what was there before, if asked for
    revision_number revision = 0;

    friend auto operator==(erase_reply const&, erase_reply const&) -> bool = default;
};

/// What of a key a comparison looks at. A missing key has version, revisions and lease 0.
enum class compare_target : std::uint8_t { version, create, mod, value, lease };

/// How it must relate to the given operand.
enum class comparison : std::uint8_t { equal, greater, less, not_equal };

/// A condition on every key of a range as it was before the transaction; an empty range is judged as one
/// missing key. A comparison of the value of a missing key is false, `not_equal` included.
template <class V> struct compare {
    std::string key; ///< must not be empty
    std::string range_end{};
    compare_target target = compare_target::mod;
    comparison is = comparison::equal;
    std::int64_t number = 0; ///< the operand, unless the target is the value
    V value{};               ///< the operand, if the target is the value

    [[nodiscard]] auto keys() const -> key_range { return {key, range_end}; }
};

/// Compare, then do one of two lists of operations, all at one revision or not at all. Later operations see
/// the earlier ones. A key may be written once: two puts of one key, or a put of a key that the same list
/// deletes, is refused. Transactions nest; all comparisons look at the state before the outermost one.
template <class V> struct txn {
    std::vector<compare<V>> when{}; ///< all must hold; none always holds
    std::vector<operation<V>> then{};
    std::vector<operation<V>> otherwise{};
};

/// One step of a transaction.
template <class V> struct operation {
    std::variant<range_request, put_request<V>, erase_request, txn<V>> request;

    operation(range_request r) : request(std::move(r)) {}  // NOLINT(google-explicit-constructor)
    operation(put_request<V> r) : request(std::move(r)) {} // NOLINT(google-explicit-constructor)
    operation(erase_request r) : request(std::move(r)) {}  // NOLINT(google-explicit-constructor)
    operation(txn<V> r) : request(std::move(r)) {}         // NOLINT(google-explicit-constructor)
};

/// The answers of the branch that was taken, in its order.
template <class V> struct txn_reply {
    bool succeeded = false;       ///< whether the comparisons held, so that `then` was done
    revision_number revision = 0; ///< the store's revision afterwards
    std::vector<operation_reply<V>> replies{};
};

/// The answer to one `operation`: the alternative at the same index.
template <class V> struct operation_reply {
    std::variant<range_reply<V>, put_reply<V>, erase_reply<V>, txn_reply<V>> reply;

    [[nodiscard]] auto range() const -> range_reply<V> const& { return std::get<0>(reply); }
    [[nodiscard]] auto put() const -> put_reply<V> const& { return std::get<1>(reply); }
    [[nodiscard]] auto erase() const -> erase_reply<V> const& { return std::get<2>(reply); }
    [[nodiscard]] auto nested() const -> txn_reply<V> const& { return std::get<3>(reply); }

    friend auto operator==(operation_reply const& a, operation_reply const& b) -> bool {
        return a.reply == b.reply;
    }
};

template <class V> [[nodiscard]] auto operator==(txn_reply<V> const& a, txn_reply<V> const& b) -> bool {
    return a.succeeded == b.succeeded && a.revision == b.revision && a.replies == b.replies;
}

} // namespace berth::store

#pragma once

/// \file
/// Transactions on a `history`: first everything that could refuse one is looked at, then it is done.

#include <berth/core/error.hpp>
#include <berth/store/detail/check_txn.hpp>
#include <berth/store/detail/history.hpp>
#include <berth/store/detail/range_reader.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/types.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

namespace berth::store::detail {

template <class T> [[nodiscard]] auto relates(T const& a, comparison is, T const& b) -> bool {
    switch (is) {
    case comparison::equal: return a == b;
    case comparison::not_equal: return !(a == b);
    case comparison::less:
        if constexpr (ordered_value<T>) return a < b;
        return false;
    case comparison::greater:
        if constexpr (ordered_value<T>) return b < a;
        return false;
    }
    return false;
}

/// Whether a comparison holds for one key; null is a missing one.
template <class V> [[nodiscard]] auto holds_for(record<V> const* r, compare<V> const& c) -> bool {
    if (c.target == compare_target::value) return r != nullptr && relates(r->value, c.is, c.value);
    auto const number = [&]() -> std::int64_t {
        if (r == nullptr) return 0;
        switch (c.target) {
        case compare_target::version: return r->version;
        case compare_target::create: return r->create;
        case compare_target::mod: return r->mod;
        default: return r->lease();
        }
    };
    return relates(number(), c.is, c.number);
}

template <class V> [[nodiscard]] auto holds(history<V> const& h, compare<V> const& c) -> bool {
    auto any = false;
    auto const all = h.visit(c.keys(), history<V>::newest, [&](record<V> const& r) {
        any = true;
        return holds_for(&r, c);
    });
    return any ? all : holds_for<V>(nullptr, c);
}

/// A transaction with its comparisons decided: which branch, and the same of the transactions inside it, in
/// order.
struct decision {
    bool succeeded = false;
    std::vector<decision> nested{};
};

template <class V> [[nodiscard]] auto decide(history<V> const& h, txn<V> const& t) -> decision {
    auto out = decision{};
    out.succeeded = std::all_of(t.when.begin(), t.when.end(), [&](auto const& c) { return holds(h, c); });
    for (auto const& step : out.succeeded ? t.then : t.otherwise) {
        if (auto const* nested = std::get_if<txn<V>>(&step.request)) out.nested.push_back(decide(h, *nested));
    }
    return out;
}

/// What a put needs from the state before its transaction.
template <class V> [[nodiscard]] auto acceptable(history<V> const& h, put_request<V> const& p)
    -> result<void> {
    if ((p.ignore_value || p.ignore_lease) && h.find(p.key) == nullptr) return errors::key_not_found();
    if (p.lease != 0 && !h.leases().contains(p.lease)) return errors::lease_not_found();
    return {};
}

/// Whether `check` finds nothing wrong with a step of the branches that were decided on. It is given ranges
/// and puts.
template <class V, class Check>
[[nodiscard]] auto check_taken(txn<V> const& t, decision const& d, Check const& check) -> result<void> {
    auto nested = d.nested.begin();
    for (auto const& step : d.succeeded ? t.then : t.otherwise) {
        auto checked = std::visit(
            [&]<class R>(R const& r) -> result<void> {
                if constexpr (std::same_as<R, txn<V>>) return check_taken(r, *nested++, check);
                else if constexpr (std::same_as<R, erase_request>) return {};
                else return check(r);
            },
            step.request);
        if (!checked) return checked;
    }
    return {};
}

/// Whether every step of the branches that were decided on can be done. Puts are looked at first (etcd 3.5
/// `server/etcdserver/txn.go`).
template <class V>
[[nodiscard]] auto acceptable(history<V> const& h, txn<V> const& t, decision const& d) -> result<void> {
    auto const puts = check_taken(t, d, [&]<class R>(R const& r) -> result<void> {
        if constexpr (std::same_as<R, put_request<V>>) return acceptable(h, r);
        else return {};
    });
    if (!puts) return puts;
    return check_taken(t, d, [&]<class R>(R const& r) -> result<void> {
        if constexpr (std::same_as<R, range_request>) return readable(h, r.revision, h.revision());
        else return {};
    });
}

/// Does a put that is acceptable.
template <class V> auto apply(history<V>& h, put_request<V> p) -> put_reply<V> {
    auto out = put_reply<V>{};
    if (p.want_previous || p.ignore_value || p.ignore_lease) {
        if (auto* const before = h.find(p.key)) {
            if (p.ignore_value) p.value = before->value;
            if (p.ignore_lease) p.lease = before->lease();
            if (p.want_previous) out.previous = key_value<V>{*before};
        }
    }
    h.put(p.key, std::move(p.value), p.lease);
    out.revision = h.current();
    return out;
}

template <class V> auto apply(history<V>& h, erase_request const& e) -> erase_reply<V> {
    auto out = erase_reply<V>{};
    auto victims = std::vector<record<V>*>{};
    h.visit(e.keys(), history<V>::newest, [&](record<V>& r) {
        victims.push_back(&r);
        return true;
    });
    for (auto* const r : victims) {
        if (e.want_previous) out.previous.emplace_back(*r);
        h.erase(*r->key);
    }
    out.deleted = static_cast<std::int64_t>(victims.size());
    out.revision = h.current();
    return out;
}

template <class V> auto apply(history<V>& h, txn<V> const& t, decision const& d) -> txn_reply<V> {
    auto out = txn_reply<V>{.succeeded = d.succeeded};
    auto const& branch = d.succeeded ? t.then : t.otherwise;
    out.replies.reserve(branch.size());
    auto nested = d.nested.begin();
    for (auto const& step : branch) {
        std::visit(
            [&]<class R>(R const& r) {
                if constexpr (std::same_as<R, txn<V>>) {
                    out.replies.push_back({apply(h, r, *nested++)});
                } else if constexpr (std::same_as<R, range_request>) {
                    out.replies.push_back({read(h, r, h.current())});
                } else {
                    out.replies.push_back({apply(h, r)});
                }
            },
            step.request);
    }
    out.revision = h.current();
    return out;
}

/// Runs `write` as one revision, and undoes it if it throws.
template <class V, class Write> auto as_one_revision(history<V>& h, Write write) {
    h.begin();
    try {
        auto out = write();
        h.finish();
        return out;
    } catch (...) {
        h.roll_back();
        throw;
    }
}

/// Deletes what hangs on a lease; the lease stays.
template <class V> auto erase_keys_of(history<V>& h, lease_id id) -> void {
    for (auto const& key : h.keys_of(id)) h.erase(*h.find(key)->key);
}

/// Does a transaction that passed `check_request`.
template <class V> auto execute(history<V>& h, txn<V> const& t) -> result<txn_reply<V>> {
    auto const d = decide(h, t);
    if (auto checked = acceptable(h, t, d); !checked) return std::unexpected(std::move(checked.error()));
    return as_one_revision(h, [&] { return apply(h, t, d); });
}

} // namespace berth::store::detail

#pragma once

/// \file
/// Reads of a `history`, in one go or in stretches between which it may change.

#include <berth/core/error.hpp>
#include <berth/store/detail/check_txn.hpp>
#include <berth/store/detail/history.hpp>
#include <berth/store/detail/sort_by.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/types.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace berth::store::detail {

/// Whether a revision (<= 0: the newest) can be read now, when the newest is `newest`.
template <class V>
[[nodiscard]] auto readable(history<V> const& h, revision_number at, revision_number newest) -> result<void> {
    if (at > newest) return errors::future_revision();
    if (at > 0 && at < h.compacted()) return errors::compacted();
    return {};
}

/// A version without its value.
template <class V> [[nodiscard]] auto without_value(record<V> const& r) -> key_value<V> {
    return key_value<V>::adopt(make_record<V>(*r.key, {r.mod, r.create, r.version, r.lease()}, V{}));
}
template <class V> [[nodiscard]] auto without_value(key_value<V> const& kv) -> key_value<V> {
    return key_value<V>::make(kv.key(), kv.numbers(), V{});
}

/// Whether the keys of a range have to be brought into another order than their own.
[[nodiscard]] inline auto is_reordered(range_request const& r) -> bool {
    return r.order == sort_order::descend || r.sort_by != sort_target::key;
}

/// Sorts by what was asked for, ties in the order of their keys.
template <class V> auto sort_pairs(std::vector<key_value<V>>& kvs, range_request const& r) -> void {
    auto const arrange = [&](auto part) {
        sort_by(kvs, r.order, part, [](auto const& kv) { return kv.key(); });
    };
    switch (r.sort_by) {
    case sort_target::key: return arrange([](auto const& kv) { return kv.key(); });
    case sort_target::version: return arrange([](auto const& kv) { return kv.version(); });
    case sort_target::create: return arrange([](auto const& kv) { return kv.create_revision(); });
    case sort_target::mod: return arrange([](auto const& kv) { return kv.mod_revision(); });
    case sort_target::value:
        if constexpr (ordered_value<V>) arrange([](auto const& kv) -> V const& { return kv.value(); });
    }
}

/// A range on its way: it is of one revision, however often it stops. The request must outlive it and its
/// revision must be readable, also whenever it goes on. `present` is what it takes for the newest revision.
template <class V> class range_reader {
public:
    range_reader(history<V> const& h, range_request const& request, revision_number present)
        : history_(h),
          request_(request),
          at_(request.revision > 0 ? request.revision : present),
          limit_(request.limit > 0 ? static_cast<std::size_t>(request.limit) : ~std::size_t{0}),
          reordered_(is_reordered(request)) {
        reply_.revision = present;
        reply_.kvs.reserve(std::min(limit_, request.range_end.empty() ? std::size_t{1} : std::size_t{64}));
    }

    /// The revision that is read.
    [[nodiscard]] auto revision() const -> revision_number { return at_; }

    /// Reads `budget` keys more. True once the reply is complete.
    [[nodiscard]] auto step(std::size_t budget) -> bool {
        if (request_.count_only) {
            reply_.count = history_.count(request_.keys(), at_);
            return true;
        }
        auto& kvs = reply_.kvs;
        auto const begin = kvs.empty() ? std::string{} : std::string{kvs.back().key()} + '\0';
        auto const keys = kvs.empty() ? request_.keys() : key_range{begin, request_.range_end};
        auto const limit = reordered_ ? ~std::size_t{0} : limit_;
        auto const reached_end = history_.visit(keys, at_, [&](record<V>& r) {
            if (kvs.size() == limit || budget-- == 0) return false;
            kvs.push_back(request_.keys_only && !reordered_ ? without_value(r) : key_value<V>{r});
            return true;
        });
        if (!reached_end && kvs.size() < limit) return false;
        if (reordered_) {
            rearrange();
            return true;
        }
        reply_.more = !reached_end;
        reply_.count =
            reached_end ? static_cast<std::int64_t>(kvs.size()) : history_.count(request_.keys(), at_);
        return true;
    }

    [[nodiscard]] auto take() && -> range_reply<V> { return std::move(reply_); }

private:
    /// Sorting comes before the limit and before values are left out.
    auto rearrange() -> void {
        auto& kvs = reply_.kvs;
        sort_pairs(kvs, request_);
        reply_.count = static_cast<std::int64_t>(kvs.size());
        reply_.more = kvs.size() > limit_;
        if (reply_.more) kvs.resize(limit_);
        if (!request_.keys_only) return;
        for (auto& kv : kvs) kv = without_value(kv);
    }

    history<V> const& history_;
    range_request const& request_;
    revision_number at_;
    std::size_t limit_;
    bool reordered_;
    range_reply<V> reply_{};
};

/// Answers a range whose revision is readable, in one go.
template <class V>
[[nodiscard]] auto read(history<V> const& h, range_request const& request, revision_number present)
    -> range_reply<V> {
    auto reader = range_reader<V>{h, request, present};
    static_cast<void>(reader.step(~std::size_t{0}));
    return std::move(reader).take();
}

} // namespace berth::store::detail

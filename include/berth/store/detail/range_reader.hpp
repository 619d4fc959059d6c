#pragma once

/// \file
/// Reads of a `history`, in one go or in stretches between which it may change.

#include <berth/core/error.hpp>
#include <berth/store/detail/history.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/types.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace berth::store::detail {

/// Whether a revision (<= 0: the newest) can be read now.
template <class V> [[nodiscard]] auto readable(history<V> const& h, revision_number at) -> result<void> {
    if (at > h.revision()) return errors::future_revision();
    if (at > 0 && at < h.compacted()) return errors::compacted();
    return {};
}

/// A version without its value.
template <class V> [[nodiscard]] auto without_value(record<V> const& r) -> key_value<V> {
    return key_value<V>::adopt(make_record<V>(*r.key, {r.mod, r.create, r.version, r.lease()}, V{}));
}

/// A range on its way: it is of one revision, however often it stops. The request must outlive it and its
/// revision must be readable, also whenever it goes on.
template <class V> class range_reader {
public:
    range_reader(history<V> const& h, range_request const& request)
        : history_(h),
          request_(request),
          at_(request.revision > 0 ? request.revision : h.current()),
          limit_(request.limit > 0 ? static_cast<std::size_t>(request.limit) : ~std::size_t{0}) {
        reply_.revision = h.current();
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
        auto const reached_end = history_.visit(keys, at_, [&](record<V>& r) {
            if (kvs.size() == limit_ || budget-- == 0) return false;
            kvs.push_back(request_.keys_only ? without_value(r) : key_value<V>{r});
            return true;
        });
        if (!reached_end && kvs.size() < limit_) return false;
        reply_.more = !reached_end;
        reply_.count =
            reached_end ? static_cast<std::int64_t>(kvs.size()) : history_.count(request_.keys(), at_);
        return true;
    }

    [[nodiscard]] auto take() && -> range_reply<V> { return std::move(reply_); }

private:
    history<V> const& history_;
    range_request const& request_;
    revision_number at_;
    std::size_t limit_;
    range_reply<V> reply_{};
};

/// Answers a range whose revision is readable, in one go.
template <class V> [[nodiscard]] auto read(history<V> const& h, range_request const& request)
    -> range_reply<V> {
    auto reader = range_reader<V>{h, request};
    static_cast<void>(reader.step(~std::size_t{0}));
    return std::move(reader).take();
}

} // namespace berth::store::detail

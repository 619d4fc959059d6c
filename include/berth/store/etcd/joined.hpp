#pragma once

/// \file
/// Several transactions as one: nested in it, where each may fail for itself, or flat, where all must
/// succeed.

#include <berth/core/config.hpp>
#include <berth/store/etcd/encode.hpp>
#include <berth/store/types.hpp>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace berth::store::detail {

/// The lists of a transaction as fields of its message.
struct txn_fields {
    std::string when{};
    std::string then{};
    std::string otherwise{};

    [[nodiscard]] auto size() const -> std::size_t { return when.size() + then.size() + otherwise.size(); }
    /// Adds another one's comparisons, and what it does if they hold. What it does otherwise is left out.
    auto join(txn_fields const& other) -> void;
};

template <class V, class Codec>
[[nodiscard]] auto fields_of(txn<V> const& t, Codec const& codec) -> txn_fields {
    using number = field::txn_request;
    auto out = txn_fields{};
    encode_each(out.when, number::compare, t.when, codec);
    encode_each(out.then, number::success, t.then, codec);
    encode_each(out.otherwise, number::failure, t.otherwise, codec);
    return out;
}

/// The whole transaction.
BERTH_DECL auto append(std::string& out, txn_fields const& t) -> void;

/// How many operations several transactions take if they are one flat one; nothing if they cannot be, since
/// some of them have others inside.
template <class V> class flat_size {
public:
    auto add(txn<V> const& t) -> void {
        when_ += t.when.size();
        then_ += t.then.size();
        nests_ = nests_ || std::ranges::any_of(t.then, [](operation<V> const& o) {
                     return std::holds_alternative<txn<V>>(o.request);
                 });
    }
    [[nodiscard]] auto fits(std::size_t max_operations) const -> bool {
        return !nests_ && std::max(when_, then_) <= max_operations;
    }

private:
    std::size_t when_ = 0;
    std::size_t then_ = 0;
    bool nests_ = false;
};

/// Divides the answer to a flat transaction that has succeeded among those that it was made of: `next` is
/// asked about each of them, in their order. Each answer has the revision that it would have had inside the
/// whole: the one before it, as long as nothing was changed.
template <class V> class flat_answer {
public:
    flat_answer(txn_reply<V> all, bool changed)
        : all_(std::move(all)), before_(all_.revision - (changed ? 1 : 0)) {}

    [[nodiscard]] auto next(txn<V> const& asked) -> txn_reply<V> {
        auto out = txn_reply<V>{.succeeded = true, .revision = 0, .replies = {}};
        out.replies.reserve(asked.then.size());
        for (std::size_t n = 0; n < asked.then.size(); ++n) {
            auto& reply = all_.replies[taken_++];
            if (auto const* e = std::get_if<erase_reply<V>>(&reply.reply))
                changed_ = changed_ || e->deleted > 0;
            else changed_ = changed_ || std::holds_alternative<put_reply<V>>(reply.reply);
            out.replies.push_back(std::move(reply));
        }
        out.revision = changed_ ? all_.revision : before_;
        return out;
    }

private:
    txn_reply<V> all_;
    revision_number before_;
    std::size_t taken_ = 0;
    bool changed_ = false; ///< up to what was taken
};

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/joined.ipp>
#endif

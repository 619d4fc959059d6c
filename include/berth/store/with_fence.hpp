#pragma once

/// \file
/// Writes for those who lead, as long as they lead: a fencing token in front of a store.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/layer.hpp>
#include <berth/store/types.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace berth::store {

/// The token of `with_fence`, by a handle that copies share. Any thread may set it.
class fencing_token {
public:
    /// Lets writes pass while the leadership key was created at `token` (`election::token()`). A token of 0
    /// or less is none: as `clear`.
    explicit fencing_token(revision_number token = 0)
        : token_(std::make_shared<std::atomic<revision_number>>(std::max<revision_number>(token, 0))) {}

    auto set(revision_number token) const -> void { token_->store(std::max<revision_number>(token, 0)); }
    /// Refuses all writes.
    auto clear() const -> void { token_->store(0); }
    /// Lets writes pass while the leadership key does not exist: for what must be done while nobody leads.
    auto set_vacant() const -> void { token_->store(vacant); }

    /// The token; 0 if there is none.
    [[nodiscard]] auto token() const -> revision_number {
        return std::max<revision_number>(token_->load(), 0);
    }

    /// The create revision that the key must have, or -1 if no writes may pass; for the layer.
    [[nodiscard]] auto expected() const -> revision_number {
        auto const t = token_->load();
        return t == vacant ? 0 : t == 0 ? -1 : t;
    }

private:
    static constexpr revision_number vacant = -1;
    std::shared_ptr<std::atomic<revision_number>> token_;
};

namespace errors {

/// A write of somebody who does not lead any more, or never did.
[[nodiscard]] inline auto leadership_over(std::string const& key) {
    return fail(error_code::conflict, "store: the leadership of " + key +
                                          " that this write was made for is over; stop, or lead again first");
}

} // namespace errors

/// Whether an error is the fence's, and not another conflict.
[[nodiscard]] BERTH_DECL auto is_fenced(error const& e) -> bool;

/// What `with_fence` returns.
class fence_layer : public is_layer {
public:
    fence_layer(std::string key, fencing_token token)
        : key_(std::make_shared<std::string const>(std::move(key))), fence_(std::move(token)) {}

    /// The handle that sets the token.
    [[nodiscard]] auto handle() const -> fencing_token { return fence_; }

    template <class S>
    auto commit(S& inner, std::span<txn<typename S::value_type> const> batch) const {
        using reply = result<txn_reply<typename S::value_type>>;
        auto const expected = fence_.expected();
        if (expected < 0) return std::vector<reply>(batch.size(), reply{errors::leadership_over(*key_)});
        auto fenced = std::vector<txn<typename S::value_type>>{};
        fenced.reserve(batch.size());
        for (auto const& t : batch) fenced.push_back(behind_fence(t, expected));
        auto out = inner.commit(fenced);
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (out[i]) out[i] = unwrap(std::move(*out[i]), is_plain(batch[i]));
        }
        return out;
    }

    template <class S> auto compact(S& inner, revision_number at) const -> result<void> {
        return while_leading(inner, [&] { return inner.compact(at); });
    }
    template <class S> auto grant(S& inner, lease_request const& wish) const -> result<lease_grant> {
        return while_leading(inner, [&] { return inner.grant(wish); });
    }
    template <class S> auto keep_alive(S& inner, lease_id id) const -> result<lease_grant> {
        return while_leading(inner, [&] { return inner.keep_alive(id); });
    }
    template <class S> auto revoke(S& inner, lease_id id) const -> result<revision_number> {
        return while_leading(inner, [&] { return inner.revoke(id); });
    }

private:
    /// Whether the fence can simply be one more comparison, because there is nothing else to decide.
    template <class V> [[nodiscard]] static auto is_plain(txn<V> const& t) -> bool {
        return t.when.empty() && t.otherwise.empty();
    }

    template <class V>
    [[nodiscard]] auto behind_fence(txn<V> const& t, revision_number expected) const -> txn<V> {
        auto out = txn<V>{};
        out.when.push_back({.key = *key_, .target = compare_target::create, .number = expected});
        if (is_plain(t)) out.then = t.then;
        else out.then.emplace_back(t);
        return out;
    }

    template <class V> [[nodiscard]] auto unwrap(txn_reply<V> reply, bool plain) const
        -> result<txn_reply<V>> {
        if (!reply.succeeded) return errors::leadership_over(*key_);
        if (plain) return reply;
        auto out = std::get<txn_reply<V>>(std::move(reply.replies.front().reply));
        out.revision = reply.revision; // etcd leaves it out of nested replies
        return out;
    }

    /// What cannot be part of a transaction is done if the fence held just before.
    template <class S, class Call> auto while_leading(S& inner, Call call) const -> decltype(call()) {
        auto const expected = fence_.expected();
        if (expected < 0) return errors::leadership_over(*key_);
        auto const seen = store::get(inner, *key_);
        if (!seen) return std::unexpected(seen.error());
        if (seen->create_revision() != expected) return errors::leadership_over(*key_);
        return call();
    }

    std::shared_ptr<std::string const> key_;
    fencing_token fence_;
};

/// A store for an elected leader: each transaction, put and deletion is done only while the leadership key
/// was created at the token's revision, checked by the store itself in the same transaction. If it was not,
/// nothing is done, and the error is `conflict` (see `is_fenced`), whereas a comparison of the caller's own
/// that does not hold is an answer as ever. So a leader that was paused and wakes up too late can do no harm
/// (Kleppmann, "How to do distributed locking", 2016). Each transaction of a batch is fenced on its own.
/// Reads and watches pass.
///
/// Leases and compactions cannot be part of a transaction: for them the key is read just before. What can
/// slip through in between is harmless to keys, but for the revocation of a lease of one's own.
///
/// A transaction with comparisons nests in the fence's, which takes one from the number of operations that it
/// may have. `key` is a key of the store that the layer stands in front of.
[[nodiscard]] inline auto with_fence(std::string key, fencing_token token) -> fence_layer {
    return {std::move(key), std::move(token)};
}
/// The same with a token that is known already; `layer().handle()` gives the handle.
[[nodiscard]] inline auto with_fence(std::string key, revision_number create_revision) -> fence_layer {
    return {std::move(key), fencing_token{create_revision}};
}

} // namespace berth::store

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/with_fence.ipp>
#endif

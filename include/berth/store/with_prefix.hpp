#pragma once

/// \file
/// A part of a store as a whole one: every key lies below a prefix, and nobody sees it.

#include <berth/core/error.hpp>
#include <berth/store/detail/prefixed.hpp>
#include <berth/store/layer.hpp>
#include <berth/store/types.hpp>
#include <berth/store/watch.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store {

/// A cursor whose events lose the prefix.
template <class Cursor, class V> class prefixed_cursor {
public:
    prefixed_cursor(Cursor inner, std::size_t prefix_size)
        : inner_(std::move(inner)), prefix_size_(prefix_size) {}

    [[nodiscard]] auto next(std::size_t at_most = detail::usual_batch) -> batch<V> {
        auto out = detail::pull(inner_, at_most);
        if (!out) return out;
        for (auto& e : *out) {
            detail::strip(e.kv, prefix_size_);
            detail::strip(e.previous, prefix_size_);
        }
        return out;
    }
    [[nodiscard]] auto progress() const -> revision_number { return inner_.progress(); }
    auto on_wake(waker w) -> void { inner_.on_wake(w); }

private:
    Cursor inner_;
    std::size_t prefix_size_;
};

/// What `with_prefix` returns.
class prefix_layer : public is_layer {
public:
    explicit prefix_layer(std::string prefix)
        : prefix_(std::make_shared<std::string const>(std::move(prefix))) {}

    template <class S> auto range(S& inner, range_request const& request) const {
        auto out = inner.range(detail::below(*prefix_, request));
        if (out) detail::strip(*out, prefix_->size());
        return out;
    }

    template <class S>
    auto commit(S& inner, std::span<txn<typename S::value_type> const> batch) const {
        auto below = std::vector<txn<typename S::value_type>>{};
        below.reserve(batch.size());
        for (auto const& t : batch) below.push_back(detail::below(*prefix_, t));
        auto out = inner.commit(below);
        for (auto& r : out) {
            if (r) detail::strip(*r, prefix_->size());
        }
        return out;
    }

    template <class S> auto put(S& inner, put_request<typename S::value_type> request) const {
        auto out = store::put(inner, detail::below(*prefix_, std::move(request)));
        if (out) detail::strip(*out, prefix_->size());
        return out;
    }

    template <class S> auto erase(S& inner, erase_request const& request) const {
        auto out = store::erase(inner, detail::below(*prefix_, request));
        if (out) detail::strip(*out, prefix_->size());
        return out;
    }

    template <class S> auto watch(S& inner, watch_request const& request) const {
        using cursor = prefixed_cursor<typename S::cursor, typename S::value_type>;
        auto made = inner.watch(detail::below(*prefix_, request));
        if (!made) return result<cursor>{std::unexpected(std::move(made.error()))};
        return result<cursor>{cursor{std::move(*made), prefix_->size()}};
    }

    template <class S> auto time_to_live(S const& inner, lease_id id, bool with_keys) const {
        auto out = inner.time_to_live(id, with_keys);
        if (!out) return out;
        auto mine = std::vector<std::string>{};
        for (auto& key : out->keys) {
            if (key.starts_with(*prefix_)) mine.push_back(key.substr(prefix_->size()));
        }
        out->keys = std::move(mine);
        return out;
    }

private:
    std::shared_ptr<std::string const> prefix_;
};

/// A store in which every key begins with `prefix`, which requests, replies, events and the keys of leases do
/// not show: `by_reference(shared) | with_prefix("tenant-a/")`. Ranges without an end, and the watch of all
/// keys, end where the prefix does; empty keys are refused as ever.
///
/// The revision is the whole store's, so that it also moves when others write; compaction and the leases
/// (their ids, and what a revocation deletes) are the whole store's, too. A fresh store obeys all laws
/// through it.
///
/// Each pair that is returned is built anew (two allocations and a copy of the value). A prefix of a prefix
/// is longer: with `s | with_prefix("a/") | with_prefix("b/")` the key `k` is `a/b/k` in `s`.
[[nodiscard]] inline auto with_prefix(std::string prefix) -> prefix_layer {
    return prefix_layer{std::move(prefix)};
}

} // namespace berth::store

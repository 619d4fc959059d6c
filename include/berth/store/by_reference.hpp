#pragma once

/// \file
/// A store that stays where it is, as a value: for layers in front of a store that others use too.

#include <berth/core/error.hpp>
#include <berth/core/step.hpp>
#include <berth/store/detail/ends_leases.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/operations.hpp>
#include <berth/store/types.hpp>
#include <berth/store/versioned_store.hpp>

#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace berth::store {

/// Refers to a store, which must outlive it and its cursors' need of it. Models `versioned_store`; copyable.
template <versioned_store S> class store_reference {
public:
    using value_type = typename S::value_type;
    using cursor = typename S::cursor;

    explicit store_reference(S& store) : store_(&store) {}

    [[nodiscard]] auto revision() const -> revision_number { return store_->revision(); }
    [[nodiscard]] auto compacted() const -> revision_number { return store_->compacted(); }
    [[nodiscard]] auto changed() -> wake_signal& { return store_->changed(); }

    [[nodiscard]] auto range(range_request const& request) const -> result<range_reply<value_type>> {
        return std::as_const(*store_).range(request);
    }
    auto commit(std::span<txn<value_type> const> batch) -> std::vector<result<txn_reply<value_type>>> {
        return store_->commit(batch);
    }
    auto put(put_request<value_type> request) -> result<put_reply<value_type>> {
        return store::put(*store_, std::move(request));
    }
    auto erase(erase_request const& request) -> result<erase_reply<value_type>> {
        return store::erase(*store_, request);
    }
    auto compact(revision_number at) -> result<void> { return store_->compact(at); }
    [[nodiscard]] auto watch(watch_request const& request) -> result<cursor> {
        return store_->watch(request);
    }

    auto grant(lease_request const& wish) -> result<lease_grant> { return store_->grant(wish); }
    auto keep_alive(lease_id id) -> result<lease_grant> { return store_->keep_alive(id); }
    auto revoke(lease_id id) -> result<revision_number> { return store_->revoke(id); }
    [[nodiscard]] auto time_to_live(lease_id id, bool with_keys) const -> result<lease_status> {
        return std::as_const(*store_).time_to_live(id, with_keys);
    }
    [[nodiscard]] auto leases() const -> result<std::vector<lease_id>> {
        return std::as_const(*store_).leases();
    }

    /// For a `lessor`, if the store needs one.
    auto expire() -> result<std::optional<duration>>
        requires detail::ends_leases<S>
    {
        return store_->expire();
    }
    [[nodiscard]] auto leased() -> wake_signal&
        requires detail::ends_leases<S>
    {
        return store_->leased();
    }

private:
    S* store_;
};

/// The store, by reference: `by_reference(shared) | with_prefix("tenant-a/")`.
template <versioned_store S> [[nodiscard]] auto by_reference(S& store) -> store_reference<S> {
    return store_reference<S>{store};
}

} // namespace berth::store

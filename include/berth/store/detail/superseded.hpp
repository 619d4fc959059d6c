#pragma once

/// \file
/// Superseded versions that are kept as what they have otherwise than the versions that replaced them: see
/// `differing`. Of values that are not, nothing happens here.

#include <berth/core/assert.hpp>
#include <berth/store/detail/record.hpp>
#include <berth/store/difference.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <new>
#include <span>
#include <utility>
#include <vector>

namespace berth::store::detail {

/// One of so many versions of a key stays whole, so that no other one is as many steps away from a whole one.
inline constexpr std::int64_t whole_every = 16;

/// Keeps of the version that `newer` has replaced its difference only, where that is possible and saves
/// something: nobody else may have it. The store must be locked against everyone.
template <class V> auto put_aside_before(record<V>& newer) noexcept -> void {
    if constexpr (differing<V>) {
        auto* const old = newer.previous;
        if (old == nullptr || !old->is_live() || old->is_aside() || old->version % whole_every == 0) return;
        if (newer.version != old->version + 1 || newer.create != old->create) return;
        if (old->references.load(std::memory_order_acquire) != 1) return;
        try {
            if (auto kept = old->value.difference_to(newer.value)) old->put_aside(std::move(kept), newer);
        } catch (...) { // then it stays as it is
            return;
        }
    }
}

/// The value of a version, made anew if it was put aside. The store must be locked against writers.
template <differing V> [[nodiscard]] auto restored_value(record<V> const& r) -> V {
    auto steps = std::array<typename V::difference const*, whole_every>{};
    auto first = steps.size();
    auto const* at = &r;
    for (; at->is_aside(); at = at->aside.newer) {
        BERTH_ASSERT(first > 0, "store: a version is too many steps away from a whole one");
        steps[--first] = &at->aside.kept;
    }
    return V::restored(at->value, std::span(steps).subspan(first));
}

/// A version whose value can be read, with a reference for the caller: this one, or one like it that nobody
/// else has. The store that it is from must be locked against writers.
template <class V> [[nodiscard]] auto readable_record(record<V>& r) -> record<V>* {
    if constexpr (differing<V>) {
        if (r.is_aside())
            return make_record<V>(*r.key, {r.mod, r.create, r.version, r.lease()}, restored_value(r));
    }
    r.retain();
    return &r;
}

/// Makes versions of a store readable for its watchers, once for those that come to the same place in the log
/// at about the same time: a crowd that has fallen behind shares what is made anew. Any number of threads may
/// ask, with the store locked against writers.
template <class V> class readable_records {
public:
    /// See `readable_record`.
    auto find(record<V>& r) -> record<V>* { return readable_record(r); }
    auto clear() -> void {}
};

template <differing V> class readable_records<V> {
public:
    readable_records() = default;
    readable_records(readable_records const&) = delete;
    auto operator=(readable_records const&) -> readable_records& = delete;
    ~readable_records() { clear(); }

    auto find(record<V>& r) -> record<V>* {
        if (!r.is_aside()) return readable_record(r);
        if (auto* const known = look_up(r)) return known;
        auto* const made = readable_record(r);
        remember(*made);
        return made;
    }

    /// Forgets all.
    auto clear() -> void {
        auto const lock = std::scoped_lock(mutex_);
        for (auto* const r : made_)
            if (r != nullptr) r->release();
        made_ = {};
    }

private:
    /// About as many as one call of a cursor answers, with what was there before each.
    static constexpr std::size_t capacity = 2'048;

    [[nodiscard]] auto place_of(record<V> const& r) -> record<V>*& {
        return made_[static_cast<std::size_t>(r.mod) % capacity];
    }
    auto look_up(record<V> const& r) -> record<V>* {
        auto const lock = std::scoped_lock(mutex_);
        if (made_.empty()) return nullptr;
        auto* const found = place_of(r);
        if (found == nullptr || found->mod != r.mod || found->version != r.version || found->key != r.key)
            return nullptr;
        found->retain();
        return found;
    }
    auto remember(record<V>& made) noexcept -> void {
        auto const lock = std::scoped_lock(mutex_);
        try {
            if (made_.empty()) made_.resize(capacity);
        } catch (std::bad_alloc const&) {
            return;
        }
        made.retain();
        if (auto* const before = std::exchange(place_of(made), &made)) before->release();
    }

    std::mutex mutex_;
    std::vector<record<V>*> made_; ///< by revision; each with a reference; guarded by `mutex_`
};

} // namespace berth::store::detail

#pragma once

/// \file
/// Where a store's records lie: in blocks, in the order of their writing, so that the log, its compaction and
/// its watchers walk through consecutive memory and no record pays for an allocator's header.

#include <berth/store/detail/record.hpp>
#include <berth/store/fwd.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

namespace berth::store::detail {

/// Makes and disposes of records. `make` and `drop` are for the owning store, which synchronizes them;
/// readers on other threads give records back through a list without locks. A block goes back to the heap
/// when its last record dies.
///
/// Lives until its owner and its last record are gone.
template <class V> class record_pool {
public:
    struct abandon {
        auto operator()(record_pool* pool) const -> void { pool->settle(pool->outstanding_ - owner_alive); }
    };
    using owner = std::unique_ptr<record_pool, abandon>;

    [[nodiscard]] static auto make_owner() -> owner { return owner{new record_pool}; }
    record_pool(record_pool const&) = delete;
    auto operator=(record_pool const&) -> record_pool& = delete;

    /// A new record with one reference. If moving the value throws, nothing has changed.
    [[nodiscard]] auto make(key_text<V>& key, record_numbers const& n, V value) -> record<V>* {
        if (n.lease != 0) return make_record(key, n, std::move(value));
        auto const [at, slot] = take_place();
        try {
            auto* const out = ::new (at) record<V>(key, slot, n, std::move(value));
            ++outstanding_;
            return out;
        } catch (...) {
            accept(::new (at) vacancy{nullptr, slot});
            throw;
        }
    }

    /// Gives up the owner's reference.
    auto drop(record<V>& r) -> void {
        if (r.slot() == record<V>::single || r.slot() == record<V>::leased) return r.release();
        if (!r.is_last_release()) return;
        --outstanding_;
        accept(vacate(r));
    }

    /// Takes in what readers gave back.
    auto collect() -> void {
        auto* v = returned_.exchange(nullptr, std::memory_order_acquire);
        while (v != nullptr) accept(std::exchange(v, v->next));
    }

    /// Disposes of a record whose last reference a reader held. From any thread.
    static auto give_back(record<V>& r) -> void {
        auto& pool = *block_of(&r, r.slot()).pool;
        auto* const v = vacate(r);
        v->next = pool.returned_.load(std::memory_order_relaxed);
        while (!pool.returned_.compare_exchange_weak(v->next, v, std::memory_order_release,
                                                     std::memory_order_relaxed)) {}
        pool.settle(-1);
    }

private:
    static constexpr std::uint32_t capacity = 128;
    /// What `balance_` holds in addition to the records' number while the owner lives.
    static constexpr std::int64_t owner_alive = std::int64_t{1} << 62;

    /// What lies in an empty place.
    struct vacancy {
        vacancy* next;
        std::uint32_t slot;
    };
    struct alignas(record<V>) block {
        record_pool* pool = nullptr;
        block* before = nullptr; ///< in the list of blocks with room
        block* after = nullptr;
        vacancy* vacant = nullptr;
        std::uint32_t used = 0;  ///< places with a record
        std::uint32_t fresh = 0; ///< places that were ever used
    };
    struct place {
        void* at;
        std::uint32_t slot;
    };
    static_assert(sizeof(vacancy) <= sizeof(record<V>));

    record_pool() = default;
    ~record_pool() {
        collect();
        while (with_room_ != nullptr) free_block(*with_room_);
    }

    [[nodiscard]] static auto place_in(block& b, std::uint32_t slot) -> void* {
        auto const offset = sizeof(block) + std::size_t{slot - 1} * sizeof(record<V>);
        return static_cast<std::byte*>(static_cast<void*>(&b)) + offset;
    }
    [[nodiscard]] static auto block_of(void* at, std::uint32_t slot) -> block& {
        auto const offset = sizeof(block) + std::size_t{slot - 1} * sizeof(record<V>);
        return *std::launder(static_cast<block*>(static_cast<void*>(static_cast<std::byte*>(at) - offset)));
    }
    [[nodiscard]] static auto vacate(record<V>& r) -> vacancy* {
        auto const slot = r.slot();
        r.~record<V>();
        return ::new (static_cast<void*>(&r)) vacancy{nullptr, slot};
    }

    [[nodiscard]] auto take_place() -> place {
        if (with_room_ == nullptr) collect();
        if (with_room_ == nullptr) add_block();
        auto& b = *with_room_;
        auto out = place{};
        if (b.vacant != nullptr) {
            out = {b.vacant, b.vacant->slot};
            b.vacant = b.vacant->next;
        } else {
            ++b.fresh;
            out = {place_in(b, b.fresh), b.fresh};
        }
        if (++b.used == capacity) unlink(b);
        return out;
    }

    auto accept(vacancy* v) -> void {
        auto& b = block_of(v, v->slot);
        v->next = b.vacant;
        b.vacant = v;
        if (b.used-- == capacity) link(b);
        if (b.used == 0 && (b.before != nullptr || b.after != nullptr)) free_block(b);
    }

    auto add_block() -> void {
        auto* const raw = ::operator new(sizeof(block) + capacity * sizeof(record<V>), alignment);
        auto* const b = ::new (raw) block;
        b->pool = this;
        link(*b);
    }
    auto free_block(block& b) -> void {
        unlink(b);
        b.~block();
        ::operator delete(static_cast<void*>(&b), alignment);
    }
    auto link(block& b) -> void {
        b.before = nullptr;
        b.after = with_room_;
        if (with_room_ != nullptr) with_room_->before = &b;
        with_room_ = &b;
    }
    auto unlink(block& b) -> void {
        (b.before != nullptr ? b.before->after : with_room_) = b.after;
        if (b.after != nullptr) b.after->before = b.before;
        b.before = b.after = nullptr;
    }

    /// Changes the number of those who still need the pool; the last one deletes it.
    auto settle(std::int64_t change) -> void {
        if (balance_.fetch_add(change, std::memory_order_acq_rel) + change == 0) delete this;
    }

    static constexpr std::align_val_t alignment{alignof(block)};

    block* with_room_ = nullptr;
    std::int64_t outstanding_ = 0; ///< records made less those dropped by the owner
    std::atomic<vacancy*> returned_{nullptr};
    std::atomic<std::int64_t> balance_{owner_alive}; ///< `owner_alive` less the records given back
};

template <class V> auto record<V>::release() -> void {
    if (!is_last_release()) return;
    if (slot() == leased) {
        delete static_cast<leased_record<V>*>(this);
    } else if (slot() == single) {
        delete this;
    } else {
        record_pool<V>::give_back(*this);
    }
}

} // namespace berth::store::detail

#pragma once

/// \file
/// What a store keeps of one version of one key: an immutable, counted record that readers and watchers
/// share.

#include <berth/store/fwd.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>

namespace berth::store::detail {

template <class V> struct record;

/// A key's text, kept once however many versions, readers and index entries speak of it. The characters
/// follow the header in the same allocation.
template <class V> struct key_text {
    std::atomic<std::uint32_t> references{1};
    std::uint32_t length = 0;
    record<V>* newest = nullptr; ///< the owning store's newest version of the key; guarded by that store

    [[nodiscard]] static auto make(std::string_view text) -> key_text* {
        auto* const raw = ::operator new(sizeof(key_text) + text.size());
        auto* const out = ::new (raw) key_text;
        out->length = static_cast<std::uint32_t>(text.size());
        if (!text.empty()) std::memcpy(static_cast<void*>(out + 1), text.data(), text.size());
        return out;
    }
    [[nodiscard]] auto view() const -> std::string_view {
        return {static_cast<char const*>(static_cast<void const*>(this + 1)), length};
    }
    auto retain() -> void { references.fetch_add(1, std::memory_order_relaxed); }
    auto release() -> void {
        if (references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
        this->~key_text();
        ::operator delete(static_cast<void*>(this));
    }
};

/// The parts of a record that its maker chooses.
struct record_numbers {
    revision_number mod = 0;
    revision_number create = 0;
    std::int64_t version = 0;
    lease_id lease = 0;
};

/// One version of a key. Everything but `references` and `previous` is immutable once it is published.
/// A tombstone has version 0. Kept small: there is one per retained version.
template <class V> struct record {
    /// Values of `slot` for records that are not part of a pool: alone on the heap, or there as a
    /// `leased_record`.
    static constexpr std::uint32_t single = 0;
    static constexpr std::uint32_t leased = ~std::uint32_t{0};

    std::atomic<std::uint32_t> references{1};
    std::uint32_t slot = single; ///< where it lies; else its place in its block of a `record_pool`, from 1
    revision_number mod = 0;
    revision_number create = 0;
    std::int64_t version = 0;
    record* previous = nullptr; ///< the version before, until compaction cuts it off; guarded by the store
    key_text<V>* key;           ///< counted
    V value;

    record(key_text<V>& k, std::uint32_t place, record_numbers const& n, V v)
        : slot(place), mod(n.mod), create(n.create), version(n.version), key(&k), value(std::move(v)) {
        k.retain();
    }
    record(record const&) = delete;
    auto operator=(record const&) -> record& = delete;
    ~record() { key->release(); }

    [[nodiscard]] auto is_live() const -> bool { return version > 0; }
    [[nodiscard]] auto lease() const -> lease_id;

    auto retain() -> void { references.fetch_add(1, std::memory_order_relaxed); }
    /// Gives one reference up. True if it was the last: then the caller must dispose of the record.
    [[nodiscard]] auto is_last_release() -> bool {
        return references.fetch_sub(1, std::memory_order_acq_rel) == 1;
    }
    /// Gives one reference up, from any thread. Defined in `record_pool.hpp`.
    auto release() -> void;
};

/// A record with a lease. Few have one, so the others need not make room for it.
template <class V> struct leased_record : record<V> {
    lease_id id;

    leased_record(key_text<V>& k, record_numbers const& n, V v)
        : record<V>(k, record<V>::leased, n, std::move(v)), id(n.lease) {}
};

template <class V> auto record<V>::lease() const -> lease_id {
    return slot == leased ? static_cast<leased_record<V> const*>(this)->id : 0;
}

/// A new record alone on the heap, with one reference; holds one on `key`. If moving the value throws,
/// nothing has changed.
template <class V> [[nodiscard]] auto make_record(key_text<V>& key, record_numbers n, V value) -> record<V>* {
    if (n.lease != 0) return new leased_record<V>(key, n, std::move(value));
    return new record<V>(key, record<V>::single, n, std::move(value));
}

} // namespace berth::store::detail

#pragma once

/// \file
/// What a store keeps of one version of one key: an immutable, counted record that readers and watchers share.

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

/// A key's text, kept once however many versions, readers and index entries speak of it. The characters follow
/// the header in the same allocation.
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

/// One version of a key. Everything but `references` and `previous` is immutable once it is published.
/// A tombstone has version 0.
template <class V> struct record {
    std::atomic<std::uint32_t> references{1};
    revision_number mod = 0;
    revision_number create = 0;
    std::int64_t version = 0;
    lease_id lease = 0;
    record* previous = nullptr; ///< the version before, until compaction cuts it off; guarded by the store
    key_text<V>* key = nullptr; ///< counted
    V value{};

    [[nodiscard]] auto is_live() const -> bool { return version > 0; }
    auto retain() -> void { references.fetch_add(1, std::memory_order_relaxed); }
    auto release() -> void {
        if (references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
        key->release();
        delete this;
    }
};

/// The parts of a record that its maker chooses.
struct record_numbers {
    revision_number mod = 0;
    revision_number create = 0;
    std::int64_t version = 0;
    lease_id lease = 0;
};

/// A new record with one reference, which also holds one on `key`. If moving the value throws, nothing has changed.
template <class V> [[nodiscard]] auto make_record(key_text<V>& key, record_numbers n, V value) -> record<V>* {
    auto* const out =
        new record<V>{{1}, n.mod, n.create, n.version, n.lease, nullptr, nullptr, std::move(value)};
    key.retain();
    out->key = &key;
    return out;
}

} // namespace berth::store::detail

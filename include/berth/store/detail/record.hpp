#pragma once

/// \file
/// What a store keeps of one version of one key: an immutable, counted record that readers and watchers
/// share.

#include <berth/store/detail/shared_key.hpp>
#include <berth/store/difference.hpp>
#include <berth/store/fwd.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

namespace berth::store::detail {

template <class V> struct record;

/// A key's text with the owning store's newest version of the key.
template <class V> struct key_text : shared_key {
    record<V>* newest = nullptr; ///< guarded by that store

    [[nodiscard]] static auto make(std::string_view text) -> key_text* {
        static_assert(sizeof(key_text) == text_begins && std::is_trivially_destructible_v<decltype(newest)>);
        auto* const out = ::new (allocate(text)) key_text;
        out->set(text);
        return out;
    }
};

/// The parts of a record that its maker chooses.
struct record_numbers {
    revision_number mod = 0;
    revision_number create = 0;
    std::int64_t version = 0;
    lease_id lease = 0;
};

/// What is there in place of a value that was put aside.
template <class V> struct value_aside {};
template <differing V> struct value_aside<V> {
    typename V::difference kept;
    record<V> const* newer; ///< the version that it is the difference to; it stays as long
};

/// In which form a record is: where it lies (see `record::slot`), and whether its value was put aside. What
/// cannot be put aside costs nothing.
template <class V> struct record_form {
    std::uint32_t slot;
    static constexpr bool is_aside = false;

    explicit record_form(std::uint32_t place) : slot(place) {}
};
template <differing V> struct record_form<V> {
    std::uint32_t slot : 31;
    std::uint32_t is_aside : 1;

    explicit record_form(std::uint32_t place) : slot(place & (~std::uint32_t{0} >> 1U)), is_aside(0) {}
};

/// One version of a key. Everything but `references` and `previous` is immutable once it is published, and
/// the value as long as anybody but the store has the record. A tombstone has version 0. Kept small: there is
/// one per retained version.
template <class V> struct record {
    /// Values of `slot()` for records that are not part of a pool: alone on the heap, or there as a
    /// `leased_record`.
    static constexpr std::uint32_t single = 0;
    static constexpr std::uint32_t leased = ~std::uint32_t{0} >> 1U;

    std::atomic<std::uint32_t> references{1};
    record_form<V> form;
    revision_number mod = 0;
    revision_number create = 0;
    std::int64_t version = 0;
    record* previous = nullptr; ///< the version before, until compaction cuts it off; guarded by the store
    key_text<V>* key;           ///< counted
    union {
        V value;
        value_aside<V> aside;
    };

    record(key_text<V>& k, std::uint32_t place, record_numbers const& n, V v)
        : form(place), mod(n.mod), create(n.create), version(n.version), key(&k), value(std::move(v)) {
        k.retain();
    }
    record(record const&) = delete;
    auto operator=(record const&) -> record& = delete;
    ~record() {
        if (is_aside()) std::destroy_at(&aside);
        else std::destroy_at(&value);
        key->release();
    }

    [[nodiscard]] auto is_live() const -> bool { return version > 0; }
    [[nodiscard]] auto lease() const -> lease_id;
    /// Where it lies: see above; else its place in its block of a `record_pool`, from 1.
    [[nodiscard]] auto slot() const -> std::uint32_t { return form.slot; }
    /// Whether it has no value, but what was put `aside`.
    [[nodiscard]] auto is_aside() const -> bool { return form.is_aside; }

    /// Gives the value up and keeps its difference to a newer version.
    auto put_aside(auto kept, record const& newer) noexcept -> void
        requires differing<V>
    {
        std::destroy_at(&value);
        std::construct_at(&aside, std::move(kept), &newer);
        form.is_aside = 1;
    }

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
    return slot() == leased ? static_cast<leased_record<V> const*>(this)->id : 0;
}

/// A new record alone on the heap, with one reference; holds one on `key`. If moving the value throws,
/// nothing has changed.
template <class V> [[nodiscard]] auto make_record(key_text<V>& key, record_numbers n, V value) -> record<V>* {
    if (n.lease != 0) return new leased_record<V>(key, n, std::move(value));
    return new record<V>(key, record<V>::single, n, std::move(value));
}

} // namespace berth::store::detail

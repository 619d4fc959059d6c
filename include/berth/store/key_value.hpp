#pragma once

/// \file
/// `key_value`: one version of one key, as a handle of one pointer on immutable shared data.

#include <berth/store/detail/record.hpp>
#include <berth/store/detail/record_pool.hpp>
#include <berth/store/detail/superseded.hpp>
#include <berth/store/fwd.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <utility>

namespace berth::store {

/// A key with its value and its revisions (etcd's `KeyValue`). Copying one copies a pointer and counts a
/// reference; the key and the value are shared with the store and with every other reader, and stay valid as
/// long as the handle lives, whatever happens to the store. A default-constructed one is empty: it stands for
/// "no such key", reads as zeros, and is false.
template <class V> class key_value {
public:
    /// No such key.
    key_value() = default;

    /// A version made from its parts; for backends and tests.
    [[nodiscard]] static auto make(std::string_view key, detail::record_numbers numbers, V value)
        -> key_value {
        auto* const text = detail::key_text<V>::make(key);
        auto out = key_value{};
        try {
            out.record_ = detail::make_record<V>(*text, numbers, std::move(value));
        } catch (...) {
            text->release();
            throw;
        }
        text->release();
        return out;
    }

    /// Shares a record that a store keeps and that is locked against writers; for backends. What was put
    /// aside of a superseded version becomes a value again, which nobody else has.
    explicit key_value(detail::record<V>& shared) : record_(detail::readable_record(shared)) {}

    /// Takes over the reference that the caller holds; for backends.
    [[nodiscard]] static auto adopt(detail::record<V>* owned) -> key_value {
        auto out = key_value{};
        out.record_ = owned;
        return out;
    }

    key_value(key_value const& other) noexcept : record_(other.record_) {
        if (record_ != nullptr) record_->retain();
    }
    key_value(key_value&& other) noexcept : record_(std::exchange(other.record_, nullptr)) {}
    auto operator=(key_value other) noexcept -> key_value& {
        std::swap(record_, other.record_);
        return *this;
    }
    ~key_value() {
        if (record_ != nullptr) record_->release();
    }

    /// Whether there is a version here at all.
    explicit operator bool() const { return record_ != nullptr; }

    /// The key; the view lives as long as any handle on this key does.
    [[nodiscard]] auto key() const -> std::string_view {
        return record_ != nullptr ? record_->key->view() : std::string_view{};
    }
    /// The value; empty for deletions and for reads that asked for keys only.
    [[nodiscard]] auto value() const -> V const& {
        static V const none{};
        return record_ != nullptr ? record_->value : none;
    }
    /// The revision at which the key was last created.
    [[nodiscard]] auto create_revision() const -> revision_number {
        return record_ != nullptr ? record_->create : 0;
    }
    /// The revision that wrote this version.
    [[nodiscard]] auto mod_revision() const -> revision_number {
        return record_ != nullptr ? record_->mod : 0;
    }
    /// How many puts since the creation, which counts as 1; 0 for a deletion.
    [[nodiscard]] auto version() const -> std::int64_t { return record_ != nullptr ? record_->version : 0; }
    /// The lease that the key hangs on, or 0.
    [[nodiscard]] auto lease() const -> lease_id { return record_ != nullptr ? record_->lease() : 0; }

    /// All of these numbers, as `make` takes them; zeros for no pair.
    [[nodiscard]] auto numbers() const -> detail::record_numbers {
        return {mod_revision(), create_revision(), version(), lease()};
    }

    /// Equal in every part. Handles on the same record are equal without a look at the value.
    friend auto operator==(key_value const& a, key_value const& b) -> bool {
        if (a.record_ == b.record_) return true;
        if (!a || !b) return false;
        return a.key() == b.key() && a.mod_revision() == b.mod_revision() &&
               a.create_revision() == b.create_revision() && a.version() == b.version() &&
               a.lease() == b.lease() && a.value() == b.value();
    }

private:
    detail::record<V>* record_ = nullptr;
};

} // namespace berth::store

#pragma once

/// \file
/// The text of a key, shared by all who speak of the key.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>

namespace berth::store::detail {

/// A key's text, kept once however many versions, readers, leases and index entries speak of it. The
/// characters follow in the same allocation, behind what a store adds to this (`key_text`).
struct shared_key {
    /// Where the characters begin.
    static constexpr std::size_t text_begins = 2 * sizeof(std::uint32_t) + sizeof(void*);

    std::atomic<std::uint32_t> references{1};
    std::uint32_t length = 0;

    shared_key() = default;
    shared_key(shared_key const&) = delete;
    auto operator=(shared_key const&) -> shared_key& = delete;

    [[nodiscard]] auto view() const -> std::string_view {
        return {static_cast<char const*>(static_cast<void const*>(this)) + text_begins, length};
    }
    auto retain() -> void { references.fetch_add(1, std::memory_order_relaxed); }
    auto release() -> void {
        if (references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
        this->~shared_key();
        ::operator delete(static_cast<void*>(this));
    }

protected:
    ~shared_key() = default;

    [[nodiscard]] static auto allocate(std::string_view text) -> void* {
        return ::operator new(text_begins + text.size());
    }
    auto set(std::string_view text) -> void {
        length = static_cast<std::uint32_t>(text.size());
        if (!text.empty())
            std::memcpy(static_cast<char*>(static_cast<void*>(this)) + text_begins, text.data(), length);
    }
};

/// One of those who speak of a key.
class held_key {
public:
    explicit held_key(shared_key& key) : key_(&key) { key.retain(); }
    held_key(held_key&& other) noexcept : key_(std::exchange(other.key_, nullptr)) {}
    auto operator=(held_key&& other) noexcept -> held_key& {
        std::swap(key_, other.key_);
        return *this;
    }
    ~held_key() {
        if (key_ != nullptr) key_->release();
    }

    [[nodiscard]] auto view() const -> std::string_view { return key_->view(); }

    /// Orders keys by their texts.
    struct by_text {
        using is_transparent = void;
        auto operator()(held_key const& a, held_key const& b) const -> bool { return a.view() < b.view(); }
        auto operator()(held_key const& a, std::string_view b) const -> bool { return a.view() < b; }
        auto operator()(std::string_view a, held_key const& b) const -> bool { return a < b.view(); }
    };

private:
    shared_key* key_;
};

} // namespace berth::store::detail

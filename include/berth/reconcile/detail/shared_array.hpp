#pragma once

/// \file
/// Arrays whose copies share what they have in common: a copy costs nothing, and a change of what was copied
/// costs the pages that it touches.

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace berth::reconcile::detail {

/// Items on the heap that the copies of a run share. Who holds the only copy may change them: others can hold
/// them again only through that copy, so that no lock is needed.
template <class T> class shared_run {
public:
    shared_run() = default;
    shared_run(shared_run const& other) noexcept : at_(other.at_) {
        if (at_ != nullptr) at_->holders.fetch_add(1, std::memory_order_relaxed);
    }
    shared_run(shared_run&& other) noexcept : at_(std::exchange(other.at_, nullptr)) {}
    auto operator=(shared_run other) noexcept -> shared_run& {
        std::swap(at_, other.at_);
        return *this;
    }
    ~shared_run() {
        if (at_ == nullptr || at_->holders.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
        std::destroy_n(items(), at_->size);
        std::destroy_at(at_);
        ::operator delete(at_);
    }

    [[nodiscard]] auto size() const -> std::size_t { return at_ == nullptr ? 0 : at_->size; }
    auto operator[](std::size_t i) const -> T const& { return items()[i]; }

    /// The items, `least` at least, which nobody else holds: if somebody does, a copy is made first.
    auto own(std::size_t least = 0) -> T* {
        auto const had = size();
        auto const alone = at_ != nullptr && at_->holders.load(std::memory_order_acquire) == 1;
        if (alone && least <= had) return items();
        auto made = shared_run(std::max(least, had));
        if (alone) std::move(items(), items() + had, made.items());
        else std::copy(items(), items() + had, made.items());
        std::swap(at_, made.at_);
        return items();
    }

private:
    struct header {
        std::atomic<std::uint32_t> holders{1};
        std::uint32_t size = 0;
    };
    /// Where the first item is, behind the header.
    [[nodiscard]] static constexpr auto begin() -> std::size_t {
        return (sizeof(header) + alignof(T) - 1) / alignof(T) * alignof(T);
    }

    explicit shared_run(std::size_t size) {
        static_assert(std::is_nothrow_default_constructible_v<T>, "the items of a run begin as nothing");
        static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__, "a run has no wide alignment");
        if (size == 0) return;
        at_ = new (::operator new(begin() + size * sizeof(T))) header();
        at_->size = static_cast<std::uint32_t>(size);
        std::uninitialized_value_construct_n(items(), size);
    }
    [[nodiscard]] auto items() const -> T* {
        if (at_ == nullptr) return nullptr;
        return std::launder(reinterpret_cast<T*>(reinterpret_cast<std::byte*>(at_) + begin()));
    }

    header* at_ = nullptr;
};

/// A growing array in pages of 128 items. Copying it is copying a pointer, on whatever thread a copy is read
/// and dies; each array is changed by one thread at a time. References are good until it grows.
template <class T> class shared_array {
public:
    shared_array() = default;
    /// So many items that are nothing yet.
    explicit shared_array(std::size_t size) : size_(size) {
        auto const pages = (size + mask) >> bits;
        auto* const all = pages_.own(pages);
        for (std::size_t p = 0; p < pages; ++p) all[p].own(std::min(size, per_page));
    }

    [[nodiscard]] auto size() const -> std::size_t { return size_; }
    [[nodiscard]] auto empty() const -> bool { return size_ == 0; }
    auto operator[](std::size_t i) const -> T const& { return pages_[i >> bits][i & mask]; }
    [[nodiscard]] auto back() const -> T const& { return (*this)[size_ - 1]; }

    /// An item that is to change.
    auto edit(std::size_t i) -> T& { return pages_.own()[i >> bits].own()[i & mask]; }

    auto push_back(T value) -> void {
        auto const page = size_ >> bits;
        auto* const pages = pages_.own(std::bit_ceil(page + 1));
        // The first page grows, so that many small arrays take little.
        auto const room = page == 0 ? std::max(std::bit_ceil(size_ + 1), least) : per_page;
        pages[page].own(room)[size_ & mask] = std::move(value);
        ++size_;
    }
    auto pop_back() -> void { edit(--size_) = T(); }

private:
    static constexpr auto bits = std::size_t{7};
    static constexpr auto per_page = std::size_t{1} << bits;
    static constexpr auto mask = per_page - 1;
    static constexpr auto least = std::size_t{4};

    shared_run<shared_run<T>> pages_;
    std::size_t size_ = 0;
};

} // namespace berth::reconcile::detail

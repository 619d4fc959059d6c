#pragma once

/// \file
/// How often and how much this thread has asked `operator new` for. Whoever includes this header has the
/// global `operator new` and `operator delete` replaced in the whole program by ones that count and then ask
/// `malloc` and `free`; so it is for benchmarks and tests, and nothing outside `berth/bench/` includes it.
///
/// The replacements are weak (GCC and Clang), so that any number of units may include this header; a program
/// that defines its own has its own, and `allocations_so_far` then stays as it is.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace berth::bench {

/// Calls of `operator new`, and the bytes that they asked for.
struct allocation_count {
    std::uint64_t calls = 0;
    std::uint64_t bytes = 0;

    friend constexpr auto operator-(allocation_count a, allocation_count b) -> allocation_count {
        return {a.calls - b.calls, a.bytes - b.bytes};
    }
    friend auto operator==(allocation_count, allocation_count) -> bool = default;
};

namespace detail {

inline constinit thread_local allocation_count allocated{};

[[nodiscard]] inline auto counted_new(std::size_t bytes, std::size_t alignment) noexcept -> void* {
    ++allocated.calls;
    allocated.bytes += bytes;
    if (alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__) return std::malloc(bytes == 0 ? 1 : bytes);
    auto const whole = (bytes + alignment - 1) / alignment * alignment; // as aligned_alloc wants it
    return whole < bytes ? nullptr : std::aligned_alloc(alignment, whole == 0 ? alignment : whole);
}
[[nodiscard]] inline auto counted_new_or_throw(std::size_t bytes, std::size_t alignment) -> void* {
    while (true) {
        if (auto* const p = counted_new(bytes, alignment)) return p;
        auto const handler = std::get_new_handler();
        if (handler == nullptr) throw std::bad_alloc();
        handler();
    }
}

} // namespace detail

/// What the calling thread has allocated since it began. Memory that comes from elsewhere (`mmap`, a
/// database's pages) is not in it.
[[nodiscard]] inline auto allocations_so_far() -> allocation_count { return detail::allocated; }

} // namespace berth::bench

// The array forms of the standard library call these, and so do its forms that do not throw.
[[gnu::weak]] auto operator new(std::size_t bytes) -> void* {
    return berth::bench::detail::counted_new_or_throw(bytes, 0);
}
[[gnu::weak]] auto operator new(std::size_t bytes, std::align_val_t alignment) -> void* {
    return berth::bench::detail::counted_new_or_throw(bytes, static_cast<std::size_t>(alignment));
}
[[gnu::weak]] auto operator delete(void* p) noexcept -> void { std::free(p); }
[[gnu::weak]] auto operator delete(void* p, std::size_t) noexcept -> void { std::free(p); }
[[gnu::weak]] auto operator delete(void* p, std::align_val_t) noexcept -> void { std::free(p); }
[[gnu::weak]] auto operator delete(void* p, std::size_t, std::align_val_t) noexcept -> void { std::free(p); }

#pragma once

/// \file
/// How much memory a run of a fuzzer takes at most, heard from the sanitizers' allocator.

#include <sanitizer/allocator_interface.h>

#include <algorithm>
#include <cstddef>

namespace berth::fuzz {

/// What is allocated now and was at most since `begin`; of the whole process, so for one thread.
struct allocated {
    static inline std::size_t now = 0;
    static inline std::size_t most = 0;

    static auto begin() -> std::size_t {
        static auto const installed = __sanitizer_install_malloc_and_free_hooks(
            [](void const volatile*, std::size_t n) {
                now += n;
                most = std::max(most, now);
            },
            [](void const volatile* p) {
                auto const* const at = const_cast<void const*>(p);
                auto const n = at == nullptr ? 0 : __sanitizer_get_allocated_size(at);
                now -= std::min(n, now);
            });
        static_cast<void>(installed);
        most = now;
        return now;
    }
};

} // namespace berth::fuzz

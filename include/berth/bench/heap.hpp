#pragma once

/// \file
/// What the heap of this process holds.

#include <malloc.h>

namespace berth::bench {

/// Bytes that are allocated now, by all threads (glibc's `mallinfo2`: what is mapped for one large request is
/// not among them).
[[nodiscard]] inline auto heap_bytes() -> double { return static_cast<double>(mallinfo2().uordblks); }

} // namespace berth::bench

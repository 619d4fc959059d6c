#pragma once

/// \file
/// The assertion: what only a mistake in the program can bring about ends it, with a sentence that says what
/// to do.

#include <cstdio>
#include <cstdlib>

namespace berth::detail {

[[noreturn]] inline auto assertion_failed(char const* sentence, char const* detail, char const* file,
                                          int line) -> void {
    std::fprintf(stderr, "%s:%d: %s%s\n", file, line, sentence, detail);
    std::abort();
}

} // namespace berth::detail

/// Ends the program with a sentence (and a text that tells the particulars) unless a condition holds. For
/// mistakes of programmers only; it stays in optimised programs.
#define BERTH_ASSERT_ABOUT(condition, sentence, particulars)                                                 \
    static_cast<void>(                                                                                       \
        (condition) ? 0 : (::berth::detail::assertion_failed(sentence, particulars, __FILE__, __LINE__), 0))

/// The same without particulars.
#define BERTH_ASSERT(condition, sentence) BERTH_ASSERT_ABOUT(condition, sentence, "")

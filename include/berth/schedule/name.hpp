#pragma once

/// \file
/// Names as template arguments: a leaf's name lives in its type, so the compiler's message, the
/// refusal at run time and the benchmark all show the same name.

#include <cstddef>
#include <string_view>

namespace berth::schedule {

/// A string literal that can be a template argument: `filter<"fits">`.
template <std::size_t N> struct literal {
    char characters[N]{};

    consteval literal(char const (&text)[N]) { // NOLINT(google-explicit-constructor): meant to convert
        static_assert(N > 1, "a leaf needs a name: filter<\"fits\">(...), score<\"roomy\">(...)");
        for (std::size_t i = 0; i < N; ++i) characters[i] = text[i];
    }

    /// The text without its final zero.
    [[nodiscard]] constexpr auto view() const -> std::string_view { return {characters, N - 1}; }
};

} // namespace berth::schedule

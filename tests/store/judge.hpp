#pragma once

/// \file
/// The judge of all law suites in these tests, and a maker of stores from a function.

#include <berth/store/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

namespace harbour {

/// Hears findings as Catch2 checks.
inline constexpr auto judge = [](berth::store::laws::finding const& f) {
    INFO(f.law << ": " << f.detail);
    CHECK(f.holds);
};

/// Makes fresh stores of strings by calling a function.
template <class F> struct made_by {
    F function;
    [[nodiscard]] auto make() const { return function(); }
    [[nodiscard]] auto value(std::string_view text) const -> std::string { return std::string{text}; }
};
template <class F> made_by(F) -> made_by<F>;

} // namespace harbour

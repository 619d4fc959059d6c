#pragma once

/// \file
/// Writes Prometheus' text exposition format, version 0.0.4.

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace berth {

/// A span as decimal seconds, exact to the nanosecond, without trailing zeros: `0.0025`, `10`.
[[nodiscard]] BERTH_DECL auto seconds_text(duration d) -> std::string;

/// Text in Prometheus' format, family by family: what `/metrics` answers. Names and help texts must need no
/// escaping; the values of labels are escaped.
class exposition {
public:
    using label = std::pair<std::string_view, std::string_view>;

    /// Begins a family: its samples follow.
    auto family(std::string_view name, std::string_view type, std::string_view help) -> void;
    /// One sample of the family, or of one of its parts (`_sum`, `_count`, `_bucket`).
    auto sample(std::string_view name, std::span<label const> labels, std::string_view value) -> void;
    auto sample(std::string_view name, std::initializer_list<label> labels, std::string_view value) -> void;
    auto sample(std::string_view name, std::initializer_list<label> labels, std::uint64_t value) -> void;

    /// What was written.
    [[nodiscard]] auto text() && -> std::string { return std::move(text_); }

private:
    std::string text_;
};

} // namespace berth

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/exposition.ipp>
#endif

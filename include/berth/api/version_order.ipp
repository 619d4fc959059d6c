#pragma once

/// \file
/// The bodies of `berth/api/version_order.hpp`.

#include <berth/api/version_order.hpp>
#include <berth/core/config.hpp>

#include <charconv>
#include <cstdint>
#include <tuple>

namespace berth::api::detail {

/// How old a version is: greater is newer.
struct version_age {
    int stability = 0; ///< 3 stable, 2 beta, 1 alpha, 0 of another form
    std::int64_t major = 0;
    std::int64_t minor = 0;

    friend auto operator<=>(version_age const&, version_age const&) = default;
};

/// Takes a number without leading zeros off the front of a text; 0: there is none.
inline auto take_version_number(std::string_view& text) -> std::int64_t {
    auto n = std::int64_t{0};
    if (text.empty() || text.front() < '1' || text.front() > '9') return 0;
    auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (problem != std::errc()) return 0;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return n;
}

inline auto age_of_version(std::string_view text) -> version_age {
    auto out = version_age{};
    if (!text.starts_with('v')) return {};
    text.remove_prefix(1);
    out.major = take_version_number(text);
    if (out.major == 0) return {};
    out.stability = 3;
    if (text.empty()) return out;
    out.stability = text.starts_with("beta") ? 2 : text.starts_with("alpha") ? 1 : 0;
    if (out.stability == 0) return {};
    text.remove_prefix(out.stability == 2 ? 4 : 5);
    out.minor = take_version_number(text);
    return out.minor == 0 || !text.empty() ? version_age{} : out;
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto is_newer_version(std::string_view a, std::string_view b) -> bool {
    auto const left = detail::age_of_version(a);
    auto const right = detail::age_of_version(b);
    if (left.stability == 0 && right.stability == 0) return a < b;
    return left > right;
}

} // namespace berth::api

#pragma once

/// \file
/// The bodies of `berth/api/status_code.hpp`.

#include <berth/api/status_code.hpp>
#include <berth/core/config.hpp>

#include <optional>

namespace berth::api::detail {

/// The first code of which `is_it` says so.
inline auto find_code(auto is_it) -> std::optional<error_code> {
    for (auto n = 0; n <= static_cast<int>(error_code::internal); ++n)
        if (auto const code = static_cast<error_code>(n); is_it(code)) return code;
    return std::nullopt;
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto code_of(std::string_view reason, int status, error_details const& details) -> error_code {
    if (reason == "Timeout") {
        auto const future = !details.causes.empty() && details.causes[0].reason == "ResourceVersionTooLarge";
        return future ? error_code::future_revision : error_code::timeout;
    }
    if (reason == "ServerTimeout") return error_code::unavailable; // it was not begun
    auto const named = detail::find_code([&](error_code c) { return reason_of(c) == reason; });
    if (named) return *named;
    if (status == 504) return error_code::timeout;
    return detail::find_code([&](error_code c) { return http_status_of(c) == status; })
        .value_or(error_code::internal);
}

} // namespace berth::api

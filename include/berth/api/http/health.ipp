#pragma once

/// \file
/// The bodies of `berth/api/http/health.hpp`.

#include <berth/api/http/health.hpp>
#include <berth/core/config.hpp>

#include <algorithm>
#include <vector>

namespace berth::api::http::detail {

/// The line on a check, and whether it may count as well.
inline auto report(std::string& out, health_check const& check, bool excluded) -> bool {
    if (excluded) {
        out += "[+]" + check.name + " excluded: ok\n";
        return true;
    }
    auto const well = check.look().has_value();
    out += (well ? "[+]" : "[-]") + check.name + (well ? " ok\n" : " failed: reason withheld\n");
    return well;
}

/// Tells of checks that were to be left out and are not there.
inline auto report_strangers(std::string& out, std::span<health_check const> checks,
                             std::vector<std::string> const& excluded) -> void {
    auto strangers = std::string();
    for (auto const& name : excluded)
        if (std::ranges::find(checks, name, &health_check::name) == checks.end())
            strangers += (strangers.empty() ? "\"" : ",\"") + name + '"';
    if (!strangers.empty())
        out += "warn: some health checks cannot be excluded: no matches for " + strangers + "\n";
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto health_of(std::span<health_check const> checks, std::string_view page, query const& asked)
    -> response {
    auto const excluded = asked.all("exclude");
    auto lines = std::string();
    auto well = true;
    for (auto const& check : checks)
        well =
            detail::report(lines, check, std::ranges::find(excluded, check.name) != excluded.end()) && well;
    detail::report_strangers(lines, checks, excluded);
    if (!well) return text_response(500, lines + std::string(page) + " check failed\n");
    if (!asked.find("verbose")) return text_response(200, "ok");
    return text_response(200, lines + std::string(page) + " check passed\n");
}

BERTH_DECL auto health_of(std::span<health_check const> checks, std::string_view name) -> response {
    auto const check = std::ranges::find(checks, name, &health_check::name);
    if (check == checks.end()) return page_not_found();
    auto const found = check->look();
    if (found) return text_response(200, "ok");
    return text_response(500, "internal server error: " + found.error().message + "\n");
}

} // namespace berth::api::http

#pragma once

/// \file
/// The bodies of `berth/api/list_rules.hpp`.

#include <berth/api/list_rules.hpp>
#include <berth/core/config.hpp>

#include <algorithm>
#include <charconv>

namespace berth::api {

BERTH_DECL auto parse_revision(std::string_view text) -> result<object::revision> {
    auto value = object::revision{0};
    if (text.empty()) return value;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size() || value < 0)
        return bad_request("invalid resource version: resourceVersion: Invalid value: \"" +
                           std::string(text) + "\": strconv.ParseUint: parsing \"" + std::string(text) +
                           "\": invalid syntax");
    return value;
}

} // namespace berth::api

namespace berth::api::detail {

inline auto forbid(std::vector<error_cause>& causes, std::string field, std::string_view why) -> void {
    causes.push_back({"FieldValueForbidden", "Forbidden: " + std::string(why), std::move(field)});
}

inline auto unsupported_match(std::vector<error_cause>& causes, std::string const& given,
                              std::string_view supported) -> void {
    causes.push_back({"FieldValueNotSupported",
                      "Unsupported value: \"" + given + "\": supported values: " + std::string(supported),
                      "resourceVersionMatch"});
}

inline auto refuse_options(std::vector<error_cause> causes) -> result<void> {
    if (causes.empty()) return {};
    return invalid("meta.k8s.io", "ListOptions", "", std::move(causes));
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto check_list(list_options const& o) -> result<void> {
    auto causes = std::vector<error_cause>();
    auto const& match = o.resource_version_match;
    if (!match.empty()) {
        if (o.resource_version.empty())
            detail::forbid(causes, "resourceVersionMatch",
                           "resourceVersionMatch is forbidden unless resourceVersion is provided");
        if (!o.continue_token.empty())
            detail::forbid(causes, "resourceVersionMatch",
                           "resourceVersionMatch is forbidden when continue is provided");
        if (match != "Exact" && match != "NotOlderThan")
            detail::unsupported_match(causes, match, R"("Exact", "NotOlderThan", "")");
        if (match == "Exact" && o.resource_version == "0")
            detail::forbid(causes, "resourceVersionMatch",
                           "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
    }
    if (o.send_initial_events)
        detail::forbid(causes, "sendInitialEvents", "sendInitialEvents is forbidden for list");
    return detail::refuse_options(std::move(causes));
}

BERTH_DECL auto check_watch(watch_options const& o) -> result<void> {
    auto causes = std::vector<error_cause>();
    auto const& match = o.resource_version_match;
    if (!match.empty()) {
        if (!o.send_initial_events)
            detail::forbid(
                causes, "resourceVersionMatch",
                "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
        if (match != "NotOlderThan") detail::unsupported_match(causes, match, R"("NotOlderThan")");
        if (!o.continue_token.empty())
            detail::forbid(causes, "resourceVersionMatch",
                           "resourceVersionMatch is forbidden when continue is provided");
    }
    if (o.send_initial_events && match != "NotOlderThan")
        detail::forbid(causes, "resourceVersionMatch",
                       "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
    return detail::refuse_options(std::move(causes));
}

BERTH_DECL auto plan_list(list_options const& o) -> result<list_plan> {
    if (auto r = check_list(o); !r) return std::unexpected(std::move(r).error());
    auto const revision = parse_revision(o.resource_version);
    if (!revision) return std::unexpected(revision.error());
    auto plan = list_plan{};
    plan.limit = std::max<std::int64_t>(o.limit, 0);
    if (!o.continue_token.empty()) {
        if (*revision != 0)
            return bad_request("specifying resource version is not allowed when using continue");
        auto token = continue_token::decode(o.continue_token);
        if (!token) return std::unexpected(std::move(token).error());
        plan.at = token->revision < 0 ? 0 : token->revision;
        plan.start = std::move(token->start);
        return plan;
    }
    if (o.resource_version == "0") plan.limit = 0;
    if (*revision == 0) return plan;
    auto const exact =
        o.resource_version_match == "Exact" || (o.resource_version_match.empty() && o.limit > 0);
    (exact ? plan.at : plan.at_least) = *revision;
    return plan;
}

} // namespace berth::api

#pragma once

/// \file
/// The bodies of `berth/api/delete_document.hpp`.

#include <berth/api/delete_document.hpp>
#include <berth/core/config.hpp>
#include <berth/object/encode.hpp>

namespace berth::api {

BERTH_TABLE(preconditions_document);
BERTH_TABLE(delete_document);

} // namespace berth::api

namespace berth::api::detail {

BERTH_DECL auto check_policy(delete_document const& d, std::vector<error_cause>& causes) -> void {
    if (!d.propagation_policy) return;
    auto quoted = std::string();
    object::append_json_string(quoted, *d.propagation_policy);
    if (d.orphan_dependents)
        causes.push_back(
            {"FieldValueInvalid",
             "Invalid value: " + quoted + ": orphanDependents and deletionPropagation cannot be both set",
             "propagationPolicy"});
    auto const& p = *d.propagation_policy;
    if (p != "Foreground" && p != "Background" && p != "Orphan")
        causes.push_back({"FieldValueNotSupported",
                          "Unsupported value: " + quoted +
                              ": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"",
                          "propagationPolicy"});
}

inline auto policy_of(delete_document const& d) -> std::optional<propagation> {
    if (d.orphan_dependents) return *d.orphan_dependents ? propagation::orphan : propagation::background;
    if (!d.propagation_policy) return std::nullopt;
    if (*d.propagation_policy == "Foreground") return propagation::foreground;
    if (*d.propagation_policy == "Orphan") return propagation::orphan;
    return propagation::background;
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto options_of(delete_document const& d) -> delete_options {
    auto out = delete_options{};
    out.dry_run = !d.dry_run.empty();
    out.grace_period_seconds = d.grace_period_seconds;
    out.policy = detail::policy_of(d);
    if (!d.preconditions) return out;
    out.expected_uid = d.preconditions->uid.value_or("");
    out.expected_resource_version = d.preconditions->resource_version.value_or("");
    return out;
}

} // namespace berth::api

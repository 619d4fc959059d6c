#pragma once

/// \file
/// The bodies of `berth/api/http/delete_options.hpp`.

#include <berth/api/http/delete_options.hpp>
#include <berth/core/config.hpp>

namespace berth::api::http::detail {

inline auto read_parameters(query const& q, delete_document& out) -> result<void> {
    auto const grace = integer_parameter(q, "gracePeriodSeconds");
    if (!grace) return std::unexpected(grace.error());
    out.grace_period_seconds = *grace;
    out.orphan_dependents = q.flag("orphanDependents");
    if (auto const* policy = q.find("propagationPolicy")) out.propagation_policy = *policy;
    out.dry_run = q.all("dryRun");
    return {};
}

BERTH_DECL auto read_document(std::string_view body, delete_document& out) -> result<void> {
    auto const json = object::parse_document(body);
    if (!json) return bad_request("json: cannot unmarshal the body: " + json.error().message);
    auto const& type = object::type_of<delete_document>();
    if (auto r = object::decoder(object::unknown_members::drop).decode(json->value, type, &out); !r) return r;
    if (out.kind.empty() || out.kind == "DeleteOptions") return {};
    return bad_request("the body of a deletion must be DeleteOptions, not " + out.kind);
}

inline auto check_policy(delete_document const& d, std::vector<error_cause>& causes) -> void {
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

} // namespace berth::api::http::detail

namespace berth::api::http {

namespace detail {

BERTH_TABLE(preconditions_document);
BERTH_TABLE(delete_document);

} // namespace detail

BERTH_DECL auto read_delete_options(query const& q, std::string_view body) -> result<delete_options> {
    auto document = detail::delete_document{};
    auto read = body.empty() ? detail::read_parameters(q, document) : detail::read_document(body, document);
    if (!read) return std::unexpected(std::move(read).error());
    auto causes = std::vector<error_cause>();
    detail::check_policy(document, causes);
    detail::check_dry_run(document.dry_run, causes);
    if (!causes.empty()) return invalid("meta.k8s.io", "DeleteOptions", "", std::move(causes));
    auto out = delete_options{};
    out.dry_run = !document.dry_run.empty();
    out.grace_period_seconds = document.grace_period_seconds;
    out.policy = detail::policy_of(document);
    if (document.preconditions) {
        out.expected_uid = document.preconditions->uid.value_or("");
        out.expected_resource_version = document.preconditions->resource_version.value_or("");
    }
    return out;
}

} // namespace berth::api::http

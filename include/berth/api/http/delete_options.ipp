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

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto read_delete_options(query const& q, std::string_view body) -> result<delete_options> {
    auto document = delete_document{};
    auto read = body.empty() ? detail::read_parameters(q, document) : detail::read_document(body, document);
    if (!read) return std::unexpected(std::move(read).error());
    auto causes = std::vector<error_cause>();
    api::detail::check_policy(document, causes);
    detail::check_dry_run(document.dry_run, causes);
    if (!causes.empty()) return invalid("meta.k8s.io", "DeleteOptions", "", std::move(causes));
    return options_of(document);
}

} // namespace berth::api::http

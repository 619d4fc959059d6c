#pragma once

/// \file
/// The options of a deletion, from its body or from its parameters (apimachinery 1.36, `DeleteOptions`).

#include <berth/api/http/parameters.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/meta.hpp>
#include <berth/object/parse.hpp>

namespace berth::api::http {

namespace detail {

/// `Preconditions` of meta/v1.
struct preconditions_document {
    std::optional<std::string> uid;
    std::optional<std::string> resource_version;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(preconditions_document, "io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions",
                   (uid, .number = 1), (resource_version, .number = 2))
};

/// `DeleteOptions` of meta/v1.
struct delete_document {
    std::string api_version;
    std::string kind;
    std::optional<std::int64_t> grace_period_seconds;
    object::boxed<preconditions_document> preconditions;
    std::optional<bool> orphan_dependents;
    std::optional<std::string> propagation_policy;
    std::vector<std::string> dry_run;
    std::optional<bool> ignore_store_read_error_with_cluster_breaking_potential;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(delete_document, "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions", (api_version),
                   (kind), (grace_period_seconds, .number = 1), (preconditions, .number = 2),
                   (orphan_dependents, .number = 3), (propagation_policy, .number = 4),
                   (dry_run, .number = 5),
                   (ignore_store_read_error_with_cluster_breaking_potential, .number = 6))
};

inline auto read_parameters(query const& q, delete_document& out) -> result<void> {
    auto const grace = integer_parameter(q, "gracePeriodSeconds");
    if (!grace) return std::unexpected(grace.error());
    out.grace_period_seconds = *grace;
    out.orphan_dependents = q.flag("orphanDependents");
    if (auto const* policy = q.find("propagationPolicy")) out.propagation_policy = *policy;
    out.dry_run = q.all("dryRun");
    return {};
}

inline auto read_document(std::string_view body, delete_document& out) -> result<void> {
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

} // namespace detail

/// Reads the options of a deletion: from the body (JSON) if there is one, else from the parameters.
/// Errors: `bad_request` for what cannot be read, `invalid` for what may not be asked.
[[nodiscard]] inline auto read_delete_options(query const& q, std::string_view body)
    -> result<delete_options> {
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

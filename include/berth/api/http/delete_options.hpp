#pragma once

/// \file
/// The options of a deletion, from its body or from its parameters (apimachinery 1.36, `DeleteOptions`).

#include <berth/api/http/parameters.hpp>
#include <berth/core/config.hpp>
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

    BERTH_DECL_TABLE;
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

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(delete_document, "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions", (api_version),
                   (kind), (grace_period_seconds, .number = 1), (preconditions, .number = 2),
                   (orphan_dependents, .number = 3), (propagation_policy, .number = 4),
                   (dry_run, .number = 5),
                   (ignore_store_read_error_with_cluster_breaking_potential, .number = 6))
};

BERTH_DECL auto read_document(std::string_view body, delete_document& out) -> result<void>;

} // namespace detail

/// Reads the options of a deletion: from the body (JSON) if there is one, else from the parameters.
/// Errors: `bad_request` for what cannot be read, `invalid` for what may not be asked.
[[nodiscard]] BERTH_DECL auto read_delete_options(query const& q, std::string_view body)
    -> result<delete_options>;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/delete_options.ipp>
#endif

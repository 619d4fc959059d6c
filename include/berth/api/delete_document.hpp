#pragma once

/// \file
/// The options of a deletion as a document, by itself or in another body (apimachinery 1.36,
/// `DeleteOptions`).

#include <berth/api/options.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/meta.hpp>

#include <optional>
#include <string>
#include <vector>

namespace berth::api {

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

namespace detail {

/// Notes what may not be asked of dependents.
BERTH_DECL auto check_policy(delete_document const& d, std::vector<error_cause>& causes) -> void;

} // namespace detail

/// The options that a document says; what may not be asked in it is for others to check.
[[nodiscard]] BERTH_DECL auto options_of(delete_document const& d) -> delete_options;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/delete_document.ipp>
#endif

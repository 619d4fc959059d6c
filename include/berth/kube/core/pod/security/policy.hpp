#pragma once

/// \file
/// What the labels of a namespace demand of its pods (pod-security-admission of Kubernetes 1.36,
/// `api/helpers.go`).

#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/object/meta.hpp>

#include <cstdint>
#include <limits>
#include <string>

namespace berth::kube {

/// How careful pods must be.
enum class security_level : std::uint8_t { privileged, baseline, restricted };

/// A level as it was in a version of Kubernetes.
struct security_demand {
    static constexpr std::int32_t latest = std::numeric_limits<std::int32_t>::max();

    security_level level = security_level::privileged;
    std::int32_t minor = latest; ///< the x of `v1.x`

    /// `restricted:latest`, `baseline:v1.31`.
    [[nodiscard]] auto to_string() const -> std::string;
    friend auto operator==(security_demand const&, security_demand const&) -> bool = default;
};

/// What becomes of pods that are less careful: they are refused, told of, noted.
struct security_policy {
    security_demand enforce;
    security_demand audit;
    security_demand warn;

    friend auto operator==(security_policy const&, security_policy const&) -> bool = default;
};

/// Reads the labels of a namespace. A level that is none is `restricted` where it is enforced and nothing
/// elsewhere; a version that is none is the latest.
[[nodiscard]] BERTH_DECL auto security_policy_of(object::string_map const& labels, api::field_errors& errors)
    -> security_policy;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/security/policy.ipp>
#endif

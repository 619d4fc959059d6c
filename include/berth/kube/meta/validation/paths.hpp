#pragma once

/// \file
/// Checks of paths of files in volumes and containers (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/bounds.hpp>
#include <berth/kube/meta/validation.hpp>

#include <optional>

namespace berth::kube::detail {

inline constexpr auto file_mode_range = "must be a number between 0 and 0777 (octal), both inclusive";

BERTH_DECL auto has_backstep(std::string_view path) -> bool;

inline auto validate_no_backsteps(std::string_view path, field_path const& at, field_errors& errors) -> void {
    if (has_backstep(path)) errors.invalid(at, path, "must not contain '..'");
}

/// A relative path that does not leave its directory.
inline auto validate_descending_path(std::string_view path, field_path const& at, field_errors& errors)
    -> void {
    if (!path.empty() && path.front() == '/') errors.invalid(at, path, "must be a relative path");
    validate_no_backsteps(path, at, errors);
}

/// The same, and it does not begin with two points: such names are the kubelet's.
BERTH_DECL auto validate_unreserved_path(std::string_view path, field_path const& at, field_errors& errors)
    -> void;

inline auto validate_file_mode(std::optional<std::int32_t> mode, field_path const& at, field_errors& errors)
    -> void {
    if (mode && (*mode < 0 || *mode > highest_file_mode)) errors.invalid(at, *mode, file_mode_range);
}

/// `acme.io/foo`: a subdomain and a path.
BERTH_DECL auto validate_domain_prefixed_path(std::string_view text, field_path const& at,
                                              field_errors& errors) -> void;

/// A text that must be there and be one segment of a path in the API; `why`: what was to be there.
BERTH_DECL auto require_path_segment(std::string_view text, std::string_view why, field_path const& at,
                                     field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/meta/validation/paths.ipp>
#endif

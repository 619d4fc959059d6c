#pragma once

/// \file
/// Checks of paths of files in volumes and containers (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/kube/core/bounds.hpp>
#include <berth/kube/meta/validation.hpp>

#include <optional>

namespace berth::kube::detail {

inline constexpr auto file_mode_range = "must be a number between 0 and 0777 (octal), both inclusive";

inline auto has_backstep(std::string_view path) -> bool {
    for (;;) {
        auto const slash = path.find('/');
        if (path.substr(0, slash) == "..") return true;
        if (slash == std::string_view::npos) return false;
        path.remove_prefix(slash + 1);
    }
}

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
inline auto validate_unreserved_path(std::string_view path, field_path const& at, field_errors& errors)
    -> void {
    validate_descending_path(path, at, errors);
    if (path.substr(0, 2) == ".." && path.substr(0, 3) != "../")
        errors.invalid(at, path, "must not start with '..'");
}

inline auto validate_file_mode(std::optional<std::int32_t> mode, field_path const& at, field_errors& errors)
    -> void {
    if (mode && (*mode < 0 || *mode > highest_file_mode)) errors.invalid(at, *mode, file_mode_range);
}

} // namespace berth::kube::detail

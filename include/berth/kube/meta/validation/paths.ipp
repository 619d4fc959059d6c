#pragma once

/// \file
/// The bodies of `berth/kube/meta/validation/paths.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation/paths.hpp>

namespace berth::kube::detail {

BERTH_DECL auto has_backstep(std::string_view path) -> bool {
    for (;;) {
        auto const slash = path.find('/');
        if (path.substr(0, slash) == "..") return true;
        if (slash == std::string_view::npos) return false;
        path.remove_prefix(slash + 1);
    }
}

BERTH_DECL auto validate_unreserved_path(std::string_view path, field_path const& at, field_errors& errors)
    -> void {
    validate_descending_path(path, at, errors);
    if (path.substr(0, 2) == ".." && path.substr(0, 3) != "../")
        errors.invalid(at, path, "must not start with '..'");
}

} // namespace berth::kube::detail

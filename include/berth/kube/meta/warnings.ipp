#pragma once

/// \file
/// The bodies of `berth/kube/meta/warnings.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/meta/warnings.hpp>

namespace berth::kube::detail {

BERTH_DECL auto warn(warning_list& out, field_path const& at, std::string_view what) -> void {
    out.push_back(at.to_string() + ": " + std::string(what));
}

} // namespace berth::kube::detail

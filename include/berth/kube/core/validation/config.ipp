#pragma once

/// \file
/// The bodies of `berth/kube/core/validation/config.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/validation/config.hpp>

namespace berth::kube::detail {

BERTH_DECL auto validate_immutable(bool fixed, bool still_fixed, bool same, std::string_view field,
                                   field_errors& errors) -> void {
    constexpr auto why = "field is immutable when `immutable` is set";
    if (!fixed) return;
    if (field == "immutable" ? !still_fixed : !same) errors.forbidden(field_path(field), why);
}

} // namespace berth::kube::detail

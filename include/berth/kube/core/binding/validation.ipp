#pragma once

/// \file
/// The bodies of `berth/kube/core/binding/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/binding/validation.hpp>

namespace berth::kube {

BERTH_DECL auto validate(binding const& b, api::field_errors& errors) -> void {
    auto const target = api::field_path("target");
    if (!b.target.kind.empty() && b.target.kind != "Node")
        errors.not_supported(target.child("kind"), b.target.kind.str(), {"Node", "<empty>"});
    if (b.target.name.empty()) errors.required(target.child("name"));
}

} // namespace berth::kube

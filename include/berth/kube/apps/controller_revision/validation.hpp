#pragma once

/// \file
/// Checks of controller revisions (Kubernetes 1.36, `pkg/apis/apps/validation`).

#include <berth/api/check_field.hpp>
#include <berth/kube/apps/controller_revision/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

/// Checks a controller revision that is to be created.
inline auto validate(controller_revision const& r, api::field_errors& errors) -> void {
    auto const& data = r.data.text;
    if (data.empty() || data == "null") errors.required(api::field_path("data"), "data is mandatory");
    check_bounds(r, &controller_revision::revision, api::field_path(""), errors);
}

/// Checks a change of a controller revision: what it keeps stays.
inline auto validate_update(controller_revision const& now, controller_revision const& before,
                            api::field_errors& errors) -> void {
    validate(now, errors);
    if (now.data != before.data)
        errors.invalid(api::field_path("data"), api::shown_value::bare(now.data.text), detail::immutable);
}

} // namespace berth::kube

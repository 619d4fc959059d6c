#pragma once

/// \file
/// Checks of service accounts (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/kube/core/service_account/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

/// Checks a service account that is to be created.
inline auto validate(service_account const& s, api::field_errors& errors) -> void {
    validate_object_meta(s.metadata, {}, errors);
}

/// Checks a change of a service account.
inline auto validate_update(service_account const& now, service_account const& before,
                            api::field_errors& errors) -> void {
    validate_any_update(now.metadata, before.metadata, true, errors);
    validate_object_meta_update(now.metadata, before.metadata, errors);
    validate(now, errors);
}

} // namespace berth::kube

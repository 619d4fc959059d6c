#pragma once

/// \file
/// Objects are created only in namespaces that exist and stay (kubernetes 1.36, `NamespaceLifecycle`).

#include <berth/api/admission.hpp>
#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/namespace/type.hpp>

namespace berth::kube {

namespace detail {

BERTH_DECL auto check_namespace(api::admission_request& r, api::admission_world const& world) -> result<void>;

BERTH_DECL auto protect_namespaces(api::admission_request& r, api::admission_world const&) -> result<void>;

} // namespace detail

[[nodiscard]] inline auto namespace_lifecycle() -> api::admission {
    return {
        "NamespaceLifecycle", &detail::check_namespace, &detail::protect_namespaces, {&namespace_::resource}};
}

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/namespace/admission.ipp>
#endif

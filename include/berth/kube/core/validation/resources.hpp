#pragma once

/// \file
/// Checks of amounts of resources: their names, their sizes, requests against limits (Kubernetes 1.36,
/// `pkg/apis/core/validation`, `pkg/apis/core/helper`).

#include <berth/core/config.hpp>
#include <berth/kube/core/resources.hpp>
#include <berth/kube/meta/validation.hpp>

#include <string>
#include <vector>

namespace berth::kube::detail {

BERTH_DECL auto starts_with(std::string_view text, std::string_view prefix) -> bool;
BERTH_DECL auto is_any_of(std::string_view text, std::initializer_list<std::string_view> list) -> bool;

/// Whether requests of a resource may be less than their limits.
BERTH_DECL auto is_overcommittable(std::string_view name) -> bool;

/// Whether a resource counts as the system's own.
BERTH_DECL auto is_native_resource(std::string_view name) -> bool;

/// Devices and the like: `example.com/gpu`. Quotas must be able to name their requests.
BERTH_DECL auto is_extended_resource(std::string_view name) -> bool;

/// Refuses what is no name of a resource. Whether it passed.
BERTH_DECL auto validate_resource_name(std::string_view name, field_path const& at, field_errors& errors)
    -> bool;

/// Refuses what is no resource of containers.
BERTH_DECL auto validate_container_resource_name(std::string_view name, field_path const& at,
                                                 field_errors& errors) -> void;

BERTH_DECL auto validate_quantity(std::string_view name, object::quantity const& amount, field_path const& at,
                                  field_errors& errors) -> void;

/// What containers may ask for.
BERTH_DECL auto validate_container_resource_name(std::string_view name, field_path const& at,
                                                 field_errors& errors) -> void;

/// Whether the names are those of containers or of whole pods.
enum class resource_scope : std::uint8_t { container, pod };

BERTH_DECL auto validate_amounts(resource_list const& amounts, resource_scope scope, field_path const& at,
                                 field_errors& errors) -> void;

/// `claims`: the sorted names of the pod's claims.
BERTH_DECL auto validate_requirements(resource_requirements const& r, resource_scope scope,
                                      std::vector<std::string> const& claims, field_path const& at,
                                      field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/validation/resources.ipp>
#endif

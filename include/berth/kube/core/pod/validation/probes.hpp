#pragma once

/// \file
/// Checks of probes, and of what is done at the start and end of a container's life (Kubernetes 1.36,
/// `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/probe.hpp>
#include <berth/kube/core/pod/validation/field_reference.hpp>
#include <berth/kube/core/validation/resources.hpp>

namespace berth::kube::detail {

inline auto validate_port(object::int_or_string const& port, field_path const& at, field_errors& errors)
    -> void {
    if (port.is_number()) errors.invalid_all(at, port.number(), object::port_number_problems(port.number()));
    else errors.invalid_all(at, port.text(), object::port_name_problems(port.text()));
}

/// Which of a container's probes it is.
enum class probe_role : std::uint8_t { liveness, readiness, startup };

BERTH_DECL auto validate_probe(object::boxed<probe> const& p, probe_role role, field_path const& at,
                               field_errors& errors) -> void;

BERTH_DECL auto validate_lifecycle(lifecycle const& l, std::optional<std::int64_t> grace, std::string_view os,
                                   field_path const& at, field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/probes.ipp>
#endif

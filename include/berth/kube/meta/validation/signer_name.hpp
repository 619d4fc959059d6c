#pragma once

/// \file
/// Names of those who sign certificates (Kubernetes 1.36, `ValidateSignerName`).

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation.hpp>

#include <string_view>

namespace berth::kube::detail {

/// `example.com/name`: a domain of two labels at least, and a name of subdomains between dots.
BERTH_DECL auto validate_signer_name(std::string_view name, field_path const& at, field_errors& errors)
    -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/meta/validation/signer_name.ipp>
#endif

#pragma once

/// \file
/// How pod templates behave in the API, and their table (kubernetes 1.36, `pkg/registry/core/podtemplate`,
/// `printPodTemplate`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/pod_template/type.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto pod_template_kind() -> api::kind_of<pod_template>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod_template/kind.ipp>
#endif

#pragma once

/// \file
/// The tables of `berth/kube/core/pod/security_context.hpp`.

#include <berth/kube/core/pod/security_context.hpp>

namespace berth::kube {

BERTH_TABLE(se_linux_options);
BERTH_TABLE(windows_security_context_options);
BERTH_TABLE(seccomp_profile);
BERTH_TABLE(app_armor_profile);
BERTH_TABLE(capabilities);
BERTH_TABLE(sysctl);
BERTH_TABLE(security_context);
BERTH_TABLE(pod_security_context);

} // namespace berth::kube

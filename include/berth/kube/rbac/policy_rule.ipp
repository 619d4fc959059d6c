#pragma once

/// \file
/// The tables of `berth/kube/rbac/policy_rule.hpp`.

#include <berth/kube/rbac/policy_rule.hpp>

namespace berth::kube {

BERTH_TABLE(policy_rule);

} // namespace berth::kube

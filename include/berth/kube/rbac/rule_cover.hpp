#pragma once

/// \file
/// Whether some rules let do all that others do (kubernetes 1.36, `component-helpers/auth/rbac/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/rbac/policy_rule.hpp>

namespace berth::kube {

/// What of `wanted` none of `owned` lets do: rules of one verb on one resource, name or path each, in the
/// order of `wanted`. Empty: `owned` covers all of it. Costs the number of such rules times that of `owned`.
[[nodiscard]] BERTH_DECL auto uncovered_rules(object::list<policy_rule> const& owned,
                                              object::list<policy_rule> const& wanted)
    -> object::list<policy_rule>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/rbac/rule_cover.ipp>
#endif

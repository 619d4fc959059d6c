#pragma once

/// \file
/// The tables of `berth/kube/core/resource_quota/type.hpp`.

#include <berth/kube/core/resource_quota/type.hpp>

namespace berth::kube {

BERTH_TABLE(scoped_resource_selector_requirement);
BERTH_TABLE(scope_selector);
BERTH_TABLE(resource_quota_spec);
BERTH_TABLE(resource_quota_status);
BERTH_TABLE(resource_quota);

} // namespace berth::kube

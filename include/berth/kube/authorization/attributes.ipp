#pragma once

/// \file
/// The tables of `berth/kube/authorization/attributes.hpp`.

#include <berth/kube/authorization/attributes.hpp>

namespace berth::kube {

BERTH_TABLE(field_selector_requirement);
BERTH_TABLE(field_selector_attributes);
BERTH_TABLE(label_selector_attributes);
BERTH_TABLE(resource_attributes);
BERTH_TABLE(non_resource_attributes);
BERTH_TABLE(subject_access_review_status);

} // namespace berth::kube

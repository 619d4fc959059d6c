#pragma once

/// \file
/// The tables of `berth/kube/authorization/self_subject_rules_review/type.hpp`.

#include <berth/kube/authorization/self_subject_rules_review/type.hpp>

namespace berth::kube {

BERTH_TABLE(self_subject_rules_review_spec);
BERTH_TABLE(resource_rule);
BERTH_TABLE(non_resource_rule);
BERTH_TABLE(subject_rules_review_status);
BERTH_TABLE(self_subject_rules_review);

} // namespace berth::kube

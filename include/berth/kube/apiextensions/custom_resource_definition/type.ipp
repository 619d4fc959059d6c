#pragma once

/// \file
/// The tables of `berth/kube/apiextensions/custom_resource_definition/type.hpp`.

#include <berth/kube/apiextensions/custom_resource_definition/type.hpp>

namespace berth::kube {

BERTH_TABLE(custom_resource_names);
BERTH_TABLE(custom_resource_validation);
BERTH_TABLE(custom_resource_status);
BERTH_TABLE(custom_resource_scale);
BERTH_TABLE(custom_resource_subresources);
BERTH_TABLE(custom_resource_column);
BERTH_TABLE(selectable_field);
BERTH_TABLE(custom_resource_version);
BERTH_TABLE(custom_resource_service_reference);
BERTH_TABLE(custom_resource_webhook_client);
BERTH_TABLE(custom_resource_webhook);
BERTH_TABLE(custom_resource_conversion);
BERTH_TABLE(custom_resource_definition_spec);
BERTH_TABLE(custom_resource_definition_condition);
BERTH_TABLE(custom_resource_definition_status);
BERTH_TABLE(custom_resource_definition);

} // namespace berth::kube

#pragma once

/// \file
/// The tables of `berth/kube/schedule/configuration/type.hpp`.

#include <berth/kube/schedule/configuration/type.hpp>

namespace berth::kube::configuration {

BERTH_TABLE(plugin);
BERTH_TABLE(plugin_set);
BERTH_TABLE(plugin_sets);
BERTH_TABLE(plugin_config_entry);
BERTH_TABLE(profile);
BERTH_TABLE(file);
BERTH_TABLE(resource);
BERTH_TABLE(shape_point);
BERTH_TABLE(ratio);
BERTH_TABLE(strategy);
BERTH_TABLE(fit_arguments);
BERTH_TABLE(balance_arguments);
BERTH_TABLE(affinity_arguments);
BERTH_TABLE(spread_arguments);
BERTH_TABLE(company_arguments);
BERTH_TABLE(preemption_arguments);
BERTH_TABLE(binding_arguments);

} // namespace berth::kube::configuration

/// \file
/// The kinds that the API server knows: a unit of its own, as their checks take long to compile.

#include "plane.hpp"

#include <berth/kube/metrics/board.hpp>
#include <berth/kube/registry.hpp>

#include <memory>

namespace plane {

auto make_kinds(bool metrics) -> berth::api::registry {
    auto out = berth::kube::registry();
    if (metrics) berth::kube::add_metrics(out, std::make_shared<berth::kube::metrics_board>());
    return out;
}

} // namespace plane

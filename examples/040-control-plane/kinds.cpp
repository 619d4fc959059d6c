/// \file
/// The kinds that the API server knows: a unit of its own, as their checks take long to compile.

#include "plane.hpp"

#include <berth/kube/registry.hpp>

namespace plane {

auto make_kinds() -> berth::api::registry { return berth::kube::registry(); }

} // namespace plane

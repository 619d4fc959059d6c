#pragma once

/// \file
/// The tables of `berth/api/scale.hpp`.

#include <berth/api/scale.hpp>

namespace berth::api {

BERTH_TABLE(scale_spec);
BERTH_TABLE(scale_status);
BERTH_TABLE(scale);

} // namespace berth::api

#pragma once

/// \file
/// The tables of `berth/kube/authentication/token_request/type.hpp`.

#include <berth/kube/authentication/token_request/type.hpp>

namespace berth::kube {

BERTH_TABLE(bound_object_reference);
BERTH_TABLE(token_request_spec);
BERTH_TABLE(token_request_status);
BERTH_TABLE(token_request);

} // namespace berth::kube

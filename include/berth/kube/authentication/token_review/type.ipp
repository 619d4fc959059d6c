#pragma once

/// \file
/// The tables of `berth/kube/authentication/token_review/type.hpp`.

#include <berth/kube/authentication/token_review/type.hpp>

namespace berth::kube {

BERTH_TABLE(token_review_spec);
BERTH_TABLE(token_review_status);
BERTH_TABLE(token_review);

} // namespace berth::kube

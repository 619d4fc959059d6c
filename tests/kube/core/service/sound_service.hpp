#pragma once

/// \file
/// A service with defaults, of which nothing is to be complained.

#include "../../complaints.hpp"

#include <berth/kube/core/service/defaults.hpp>

namespace test {

inline auto sound_service() -> kube::service {
    auto s = named<kube::service>();
    s.spec.ports.emplace_back().port = 80;
    set_defaults(s);
    return s;
}

} // namespace test

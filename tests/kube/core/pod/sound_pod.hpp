#pragma once

/// \file
/// A pod with defaults, of which nothing is to be complained.

#include "../../complaints.hpp"

#include <berth/kube/core/pod/defaults.hpp>
#include <berth/kube/core/pod/validation.hpp>

namespace test {

inline auto sound_pod() -> kube::pod {
    auto p = named<kube::pod>("p");
    auto& c = p.spec.containers.emplace_back();
    c.name = "main";
    c.image = "busybox:1";
    set_defaults(p);
    return p;
}

} // namespace test

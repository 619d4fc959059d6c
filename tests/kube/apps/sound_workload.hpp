#pragma once

/// \file
/// A deployment or replica set with defaults, of which nothing is to be complained.

#include "../complaints.hpp"

#include <berth/kube/apps/deployment/defaults.hpp>
#include <berth/kube/apps/replica_set/defaults.hpp>

namespace test {

template <class Workload> auto sound_workload() -> Workload {
    auto w = named<Workload>();
    w.spec.selector.engage().match_labels["app"] = "a";
    w.spec.template_.metadata.labels["app"] = "a";
    auto& c = w.spec.template_.spec.containers.emplace_back();
    c.name = "main";
    c.image = "b";
    set_defaults(w);
    return w;
}

} // namespace test

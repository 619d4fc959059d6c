#pragma once

/// \file
/// The bodies of `berth/kube/schedule/tolerations.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/tolerations.hpp>

namespace berth::kube {

BERTH_DECL auto tolerates(toleration const& t, taint const& what) -> bool {
    if (!t.effect.empty() && t.effect != what.effect) return false;
    if (!t.key.empty() && t.key != what.key) return false;
    if (t.operator_ == "Exists") return true;
    return (t.operator_.empty() || t.operator_ == "Equal") && t.value == what.value;
}

BERTH_DECL auto tolerates(object::list<toleration> const& all, taint const& what) -> bool {
    for (auto const& t : all)
        if (tolerates(t, what)) return true;
    return false;
}

BERTH_DECL auto untolerated(object::list<taint> const& taints, object::list<toleration> const& tolerations)
    -> taint const* {
    for (auto const& t : taints)
        if ((t.effect == "NoSchedule" || t.effect == "NoExecute") && !tolerates(tolerations, t)) return &t;
    return nullptr;
}

} // namespace berth::kube

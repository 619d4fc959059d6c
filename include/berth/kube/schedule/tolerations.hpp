#pragma once

/// \file
/// Which taints a pod tolerates (kubernetes 1.36, `component-helpers/scheduling/corev1`).

#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/affinity.hpp>

#include <string_view>
#include <vector>

namespace berth::kube {

/// Whether a toleration speaks of a taint: equal effect and key (an empty one means any), and `Exists` or an
/// equal value.
[[nodiscard]] inline auto tolerates(toleration const& t, taint const& what) -> bool {
    if (!t.effect.empty() && t.effect != what.effect) return false;
    if (!t.key.empty() && t.key != what.key) return false;
    if (t.operator_ == "Exists") return true;
    return (t.operator_.empty() || t.operator_ == "Equal") && t.value == what.value;
}

[[nodiscard]] inline auto tolerates(object::list<toleration> const& all, taint const& what) -> bool {
    for (auto const& t : all)
        if (tolerates(t, what)) return true;
    return false;
}

/// The first taint that keeps pods off (or drives them away) and is not tolerated, or null.
[[nodiscard]] inline auto untolerated(object::list<taint> const& taints,
                                      object::list<toleration> const& tolerations) -> taint const* {
    for (auto const& t : taints)
        if ((t.effect == "NoSchedule" || t.effect == "NoExecute") && !tolerates(tolerations, t)) return &t;
    return nullptr;
}

} // namespace berth::kube

#pragma once

/// \file
/// What admission adds to new nodes: the taint of a node that has not reported yet (kubernetes 1.36,
/// `TaintNodesByCondition`).

#include <berth/api/admission.hpp>
#include <berth/kube/core/node/type.hpp>

namespace berth::kube {

namespace detail {

/// A node takes no pods until it has reported that it is ready.
inline auto taint_new_node(api::admission_request& r, api::admission_world const&) -> result<void> {
    if (r.of.type != &object::type_of<node>() || r.op != api::admission_request::operation::create) return {};
    auto& taints = r.object->as<node>().spec.taints;
    for (auto const& t : taints)
        if (t.key == "node.kubernetes.io/not-ready" && t.effect == "NoSchedule") return {};
    auto& t = taints.emplace_back();
    t.key = "node.kubernetes.io/not-ready";
    t.effect = "NoSchedule";
    return {};
}

} // namespace detail

[[nodiscard]] inline auto taint_nodes_by_condition() -> api::admission {
    return {"TaintNodesByCondition", &detail::taint_new_node, {}};
}

} // namespace berth::kube

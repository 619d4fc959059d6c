#pragma once

/// \file
/// The bodies of `berth/kube/core/node/admission.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/admission.hpp>

namespace berth::kube::detail {

BERTH_DECL auto taint_new_node(api::admission_request& r, api::admission_world const&) -> result<void> {
    if (r.of.type != &object::type_of<node>() || r.op != api::admission_request::operation::create) return {};
    auto& taints = r.object->as<node>().spec.taints;
    for (auto const& t : taints)
        if (t.key == "node.kubernetes.io/not-ready" && t.effect == "NoSchedule") return {};
    auto& t = taints.emplace_back();
    t.key = "node.kubernetes.io/not-ready";
    t.effect = "NoSchedule";
    return {};
}

} // namespace berth::kube::detail

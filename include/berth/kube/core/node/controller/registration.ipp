#pragma once

/// \file
/// The bodies of `berth/kube/core/node/controller/registration.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/controller/registration.hpp>

namespace berth::kube {

BERTH_DECL auto node_registration_controller::reconcile(reconcile::snapshot const& world,
                                                        object::key const& k, memory const& told) const
    -> reconcile::decision<memory> {
    auto out = reconcile::decision<memory>();
    auto const tell = [&](std::string const& uid, std::string_view reason, std::string const& message) {
        out.plan.tell({reconcile::reference(node::resource, k, uid), "Normal", std::string(reason),
                       "Node " + k.name + " event: " + message, reconcile::note::when::always});
    };
    if (auto const n = world.get<node>(k)) out.memory = n->metadata.uid;
    if (out.memory == told) return out;
    if (!told.empty()) tell(told, "RemovingNode", "Removing Node " + k.name + " from Controller");
    if (!out.memory.empty())
        tell(out.memory, "RegisteredNode", "Registered Node " + k.name + " in Controller");
    return out;
}

} // namespace berth::kube

#pragma once

/// \file
/// Tells of nodes that come and go (kubernetes 1.36, `pkg/controller/nodelifecycle`).

#include <berth/core/config.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <string>
#include <string_view>

namespace berth::kube {

/// Tells of each node once that it is there, and once that it has gone; a node that was made anew is another.
/// A restart forgets, and tells again. What is remembered is the uid of the node that was told of.
struct node_registration_controller {
    static constexpr std::string_view name = "node-registration";
    using reconciles = node;
    using memory = std::string;

    auto matters(node const& before, node const& after) const -> bool {
        return before.metadata.uid != after.metadata.uid;
    }

    auto reconcile(reconcile::snapshot const& world, object::key const& k, memory const& told) const
        -> reconcile::decision<memory>;
};
static_assert(reconcile::controller<node_registration_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/node/controller/registration.ipp>
#endif

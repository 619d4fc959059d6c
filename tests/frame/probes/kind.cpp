// What controller.cpp has, and one more kind.
#include "controller.hpp"

auto look(berth::reconcile::snapshot const& world, berth::object::key const& k) -> berth::reconcile::plan;
auto look(berth::reconcile::snapshot const& world, berth::object::key const& k) -> berth::reconcile::plan {
    return labeller().reconcile(world, k);
}

auto service_of(berth::reconcile::snapshot const& world, berth::object::key const& k) -> bool;
auto service_of(berth::reconcile::snapshot const& world, berth::object::key const& k) -> bool {
    return static_cast<bool>(world.get<berth::kube::service>(k));
}

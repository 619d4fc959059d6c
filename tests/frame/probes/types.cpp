// A controller of one's own and the function that uses it, with the types of all kinds.
#include "labeller.hpp"

auto look(berth::reconcile::snapshot const& world, berth::object::key const& k) -> berth::reconcile::plan;
auto look(berth::reconcile::snapshot const& world, berth::object::key const& k) -> berth::reconcile::plan {
    return labeller().reconcile(world, k);
}

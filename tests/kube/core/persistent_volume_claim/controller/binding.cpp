/// \file
/// The steps that bind a claim and a volume.

#include "../../../schedule/volume_world.hpp"

#include <berth/kube/core/persistent_volume_claim/controller/binding.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

auto steps(reconcile::world const& w) -> words {
    auto plan = reconcile::plan{};
    auto const view = w.at(new_year);
    kube::bind(plan, view.get<kube::persistent_volume>({}, "v"),
               view.get<kube::persistent_volume_claim>("default", "c"), new_year);
    return steps_of(plan);
}

} // namespace

TEST_CASE("only what is not so yet is written, the volume before the claim") {
    CHECK(steps(world_of(make_volume("v"), make_claim("c"))) ==
          words{"update persistentvolumes v", "update persistentvolumes/status v",
                "update persistentvolumeclaims default/c", "update persistentvolumeclaims/status default/c"});
    auto const taken = make_volume("v").kept_for("c").with([](auto& v) {
        v.spec.claim_ref->uid = "uid-of-c";
        v.status.phase = "Bound";
    });
    CHECK(steps(world_of(taken, make_claim("c"))) ==
          words{"update persistentvolumeclaims default/c", "update persistentvolumeclaims/status default/c"});
    auto const served = make_claim("c").bound_to("v").with([](auto& c) {
        c.status.access_modes = {"ReadWriteOnce"};
        c.status.capacity["storage"] = gibibytes(1);
    });
    CHECK(steps(world_of(taken, served)).empty());
}

TEST_CASE("a phase comes with a message and a time, and is written once") {
    auto plan = reconcile::plan{};
    auto const w = world_of(make_volume("v"));
    auto const view = w.at(new_year);
    auto const v = view.get<kube::persistent_volume>({}, "v");
    kube::set_phase(plan, v, *v, "Available", "", new_year);
    CHECK(plan.empty());
    kube::set_phase(plan, v, *v, "Failed", "why", new_year);
    auto const& s = written<kube::persistent_volume>(plan)->status;
    CHECK(s.phase == "Failed");
    CHECK(s.message == "why");
    CHECK(s.last_phase_transition_time == object::timestamp(new_year));
}

TEST_CASE("a claim without a volume has nothing") {
    auto plan = reconcile::plan{};
    auto const w = world_of(make_claim("c").bound_to("v").with([](auto& c) {
        c.status.access_modes = {"ReadWriteOnce"};
        c.status.capacity["storage"] = gibibytes(1);
    }));
    auto const view = w.at(new_year);
    auto const c = view.get<kube::persistent_volume_claim>("default", "c");
    kube::set_phase(plan, c, *c, "Lost", nullptr);
    auto const& s = written<kube::persistent_volume_claim>(plan)->status;
    CHECK(s.phase == "Lost");
    CHECK(s.access_modes.empty());
    CHECK(s.capacity.empty());
}

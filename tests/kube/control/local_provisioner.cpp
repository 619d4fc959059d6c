/// \file
/// Volumes that are folders of nodes: where they are made, and when they go.

#include "../drawn_laws.hpp"
#include "../schedule/volume_world.hpp"

#include <berth/kube/control/local_provisioner.hpp>
#include <berth/kube/core/volumes.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::local_provisioner_controller();
constexpr auto resizer = kube::local_resizer_controller();
constexpr auto reclaimer = kube::local_reclaimer_controller();
auto const c = object::key{"default", "c"};
auto const v = object::key{"", "pvc-uid-of-c"};

auto local_class(char const* mode = "WaitForFirstConsumer") -> make_class {
    return make_class("local", std::string(kube::local_provisioner), mode);
}

auto marked(std::string name = "c") -> make_claim {
    return make_claim(std::move(name))
        .of_class("local")
        .annotation(std::string(kube::storage_provisioner_annotation), std::string(kube::local_provisioner));
}
auto selected(std::string node) -> make_claim {
    return marked().annotation(std::string(kube::selected_node_annotation), std::move(node));
}

auto worker(std::string name, char const* runtime = "berth://0") -> make_node {
    return make_node(std::move(name)).ready().with([&](kube::node& n) {
        n.metadata.labels["kubernetes.io/hostname"] = n.metadata.name;
        n.status.node_info.container_runtime_version = runtime;
    });
}

auto node_of(kube::persistent_volume const& o) -> std::string {
    if (!o.spec.node_affinity) return {};
    return o.spec.node_affinity->required->node_selector_terms[0].match_expressions[0].values[0];
}

auto made(char const* policy = "Delete") -> make_volume {
    return make_volume("pvc-uid-of-c").driver(std::string(kube::local_provisioner)).with([&](auto& o) {
        o.metadata.labels[kube::local_node_label] = "a";
        o.metadata.finalizers = {std::string(kube::local_folder_finalizer)};
        o.spec.persistent_volume_reclaim_policy = policy;
    });
}

auto taken(std::string claim) -> make_volume {
    return made().kept_for(claim).with([&](auto& o) { o.spec.claim_ref->uid = "uid-of-" + claim; });
}

} // namespace

TEST_CASE("a volume is made for the node that the scheduler has selected, and held for its folder") {
    auto w = world_of(selected("b"), local_class(), worker("a"), worker("b"));
    auto const plan = plan_of(controller, w, c);
    CHECK(steps_of(plan) == words{"create persistentvolumes pvc-uid-of-c"});
    CHECK(notes_of(plan) == words{"ProvisioningSucceeded", "ProvisioningFailed"});
    auto const& o = *written<kube::persistent_volume>(plan);
    CHECK(node_of(o) == "b");
    CHECK(o.metadata.labels.get(kube::local_node_label) == "b");
    CHECK(o.metadata.finalizers == words{"local.berth/folder"});
    CHECK(o.metadata.annotations.get(kube::provisioned_by_annotation) == "local.berth");
    CHECK(o.spec.csi->volume_handle == "pvc-uid-of-c");
    CHECK(o.spec.claim_ref->uid == "uid-of-c");
    CHECK(o.spec.storage_class_name == "local");
    CHECK(o.spec.persistent_volume_reclaim_policy == "Delete");
    CHECK(o.spec.capacity.get("storage") == gibibytes(1));
    CHECK(o.spec.access_modes == words{"ReadWriteOnce"});
}

TEST_CASE("nothing is made before a node is selected, for others, or twice") {
    auto early = world_of(marked(), local_class(), worker("a"));
    CHECK(plan_of(controller, early, c) == reconcile::plan{});
    auto foreign = world_of(make_claim("c").of_class("local"), local_class("Immediate"), worker("a"));
    CHECK(plan_of(controller, foreign, c) == reconcile::plan{});
    auto twice = world_of(selected("a"), local_class(), worker("a"), made());
    CHECK(plan_of(controller, twice, c) == reconcile::plan{});
    auto bound = world_of(selected("a").bound_to("x"), local_class(), worker("a"));
    CHECK(plan_of(controller, bound, c) == reconcile::plan{});
}

TEST_CASE("a node that is gone is given up, so that the scheduler selects another") {
    auto w = world_of(selected("gone"), local_class(), worker("a"));
    auto const plan = plan_of(controller, w, c);
    CHECK(said(plan) == "Warning ProvisioningFailed: failed to provision volume with StorageClass \"local\": "
                        "node \"gone\" not found");
    CHECK(!written<kube::persistent_volume_claim>(plan)->metadata.annotations.contains(
        kube::selected_node_annotation));
}

TEST_CASE("where nobody selects, a node that is ready and allowed is chosen; equal claims spread") {
    auto w = world_of(local_class("Immediate"), worker("a"), worker("b"),
                      worker("cordoned").with([](kube::node& n) { n.spec.unschedulable = true; }),
                      make_node("down"));
    auto nodes = std::set<std::string>();
    for (auto i = 0; i < 20; ++i) {
        auto const claim = "c" + std::to_string(i);
        w.add(marked(claim).done());
        auto const plan = plan_of(controller, w, {"default", claim});
        nodes.insert(node_of(*written<kube::persistent_volume>(plan)));
    }
    CHECK(nodes == std::set<std::string>{"a", "b"});
    auto zoned = world_of(marked(), local_class("Immediate").near("zone", "x"), worker("a"),
                          worker("b").label("zone", "x"));
    CHECK(node_of(*written<kube::persistent_volume>(plan_of(controller, zoned, c))) == "b");
}

TEST_CASE("where nodes only pretend a volume is reached from everywhere, or from the selected one") {
    auto w = world_of(marked(), local_class("Immediate"), worker("a", "simulated://0"));
    auto const anywhere = *written<kube::persistent_volume>(plan_of(controller, w, c));
    CHECK(node_of(anywhere).empty());
    CHECK(anywhere.metadata.finalizers.empty());
    auto late = world_of(selected("a"), local_class(), worker("a", "simulated://0"));
    auto const there = *written<kube::persistent_volume>(plan_of(controller, late, c));
    CHECK(node_of(there) == "a");
    CHECK(there.metadata.finalizers.empty());
}

TEST_CASE("what a folder cannot be is refused") {
    auto const says = [](auto change) {
        auto claim = marked();
        auto kind = local_class("Immediate");
        change(claim, kind);
        auto w = world_of(claim, kind, worker("a"));
        auto const plan = plan_of(controller, w, c);
        CHECK(steps_of(plan).empty());
        auto const text = said(plan);
        return text.substr(std::min(text.rfind(": ") + 2, text.size()));
    };
    CHECK(says([](auto& o, auto&) { o.with([](auto& x) { x.spec.volume_mode.engage() = "Block"; }); }) ==
          "block devices are not supported");
    CHECK(says([](auto& o, auto&) { o.with([](auto& x) { x.spec.selector.engage(); }); }) ==
          "claim Selector is not supported");
    CHECK(says([](auto& o, auto&) { o.with([](auto& x) { x.spec.data_source.engage(); }); }) ==
          "a data source is not supported");
    CHECK(says([](auto&, auto& k) { k.with([](auto& x) { x.parameters["a"] = "b"; }); }) ==
          "the class has parameters, and this provisioner knows none");
    CHECK(says([](auto&, auto& k) { k.with([](auto& x) { x.mount_options = {"ro"}; }); }) ==
          "mount options are not supported");
    auto none = world_of(marked(), local_class("Immediate"), make_node("down"));
    CHECK(said(plan_of(controller, none, c)).ends_with("no node is ready for it"));
}

TEST_CASE("a released volume is deleted if it is to be, and waits for its folder while its node is there") {
    auto const steps = [](make_volume const& m, auto const&... more) {
        auto w = world_of(m, more...);
        return steps_of(plan_of(reclaimer, w, v));
    };
    auto const released = [](make_volume m) { return m.with([](auto& o) { o.status.phase = "Released"; }); };
    CHECK(steps(released(made())) == words{"delete persistentvolumes pvc-uid-of-c"});
    CHECK(steps(released(made("Retain"))).empty());
    CHECK(steps(made()).empty());
    CHECK(steps(released(make_volume("pvc-uid-of-c").driver("csi.example.com"))).empty());
    auto const going = released(made()).deleting();
    CHECK(steps(going, worker("a")).empty());
    CHECK(steps(going, worker("b")).size() == 1);
    auto w = world_of(made(), make_volume("other"));
    (void)plan_of(reclaimer, w, v);
    CHECK(reclaimer.keys_for(w.at(new_year), worker("a").done()) == std::vector{v});
    CHECK(controller.keys_for(w.at(new_year), made().kept_for("c").done()) == std::vector{c});
}

TEST_CASE("a volume grows as its claim asks for more, and then the claim says so") {
    auto const claim = [](std::int64_t wanted, std::int64_t told) {
        return make_claim("c", wanted).of_class("local").bound_to("pvc-uid-of-c").with([&](auto& o) {
            o.status.capacity["storage"] = gibibytes(told);
        });
    };
    auto const volume = [](std::int64_t size) {
        return taken("c").with([&](auto& o) { o.spec.capacity["storage"] = gibibytes(size); });
    };
    auto const plan = [](make_claim const& of, make_volume const& on) {
        auto w = world_of(of, on);
        return plan_of(resizer, w, c);
    };
    auto const grows = plan(claim(3, 1), volume(1));
    CHECK(steps_of(grows) == words{"update persistentvolumes pvc-uid-of-c"});
    CHECK(written<kube::persistent_volume>(grows)->spec.capacity.get("storage") == gibibytes(3));
    auto const tells = plan(claim(3, 1), volume(3));
    CHECK(steps_of(tells) == words{"update persistentvolumeclaims/status default/c"});
    CHECK(written<kube::persistent_volume_claim>(tells)->status.capacity.get("storage") == gibibytes(3));
    CHECK(said(tells) == "Normal VolumeResizeSuccessful: Resize volume succeeded");
    CHECK(plan(claim(3, 3), volume(3)) == reconcile::plan{});
    CHECK(plan(claim(1, 3), volume(3)) == reconcile::plan{}); // larger than asked for is fine
}

TEST_CASE("what is not bound, not the provisioner's, or somebody else's does not grow") {
    auto const idle = [](make_claim const& of, make_volume const& on) {
        auto w = world_of(of, on);
        return plan_of(resizer, w, c) == reconcile::plan{};
    };
    auto const bound = [] {
        return make_claim("c", 3).bound_to("pvc-uid-of-c").with([](auto& o) {
            o.status.capacity["storage"] = gibibytes(1);
        });
    };
    CHECK_FALSE(idle(bound(), taken("c")));
    CHECK(idle(make_claim("c", 3), taken("c")));
    CHECK(idle(make_claim("c", 3).bound_to("pvc-uid-of-c"), taken("c"))); // its size is still to come
    CHECK(idle(bound(), taken("other")));
    CHECK(idle(bound(), taken("c").driver("example.com-disks")));
    CHECK(idle(bound(), taken("c").deleting()));
    auto none = reconcile::world();
    CHECK(plan_of(resizer, none, c) == reconcile::plan{});
}

namespace {

auto draw_claims(berth::random_engine& draw, reconcile::world& into) -> void {
    into.add(local_class(draw.below(2) == 0 ? "Immediate" : "WaitForFirstConsumer").done());
    for (auto i = 0; i < 10; ++i) {
        auto n = worker("n" + std::to_string(i), draw.below(3) == 0 ? "simulated://0" : "berth://0");
        if (draw.below(4) == 0) n.with([](kube::node& o) { o.spec.unschedulable = true; });
        if (draw.below(3) != 0) into.add(n.done());
    }
    for (auto i = 0; i < 100; ++i) {
        auto claim = marked("c" + std::to_string(i));
        if (draw.below(2) == 0)
            claim.annotation(std::string(kube::selected_node_annotation),
                             "n" + std::to_string(draw.below(10)));
        if (draw.below(9) == 0) claim.with([](auto& o) { o.spec.volume_mode.engage() = "Block"; });
        into.add(claim.done());
    }
    for (auto i = 0; i < 100; ++i) {
        auto o = made(draw.below(2) == 0 ? "Delete" : "Retain").done();
        o.metadata.name = "v" + std::to_string(i);
        o.metadata.labels[kube::local_node_label] = "n" + std::to_string(draw.below(10));
        if (draw.below(2) == 0) o.status.phase = "Released";
        if (draw.below(3) == 0) o.metadata.deletion_timestamp = object::timestamp(new_year);
        into.add(o);
    }
}

auto draw_bound_claims(berth::random_engine& draw, reconcile::world& into) -> void {
    for (auto i = 0; i < 50; ++i) {
        auto const name = "c" + std::to_string(i);
        auto claim = make_claim(name, 1 + static_cast<std::int64_t>(draw.below(4)));
        if (draw.below(5) != 0) claim.bound_to("pvc-" + name);
        if (draw.below(5) != 0)
            claim.with([&](auto& o) {
                o.status.capacity["storage"] = gibibytes(1 + static_cast<std::int64_t>(draw.below(4)));
            });
        into.add(claim.done());
        auto o = taken(draw.below(9) == 0 ? "other" : name).done();
        o.metadata.name = "pvc-" + name;
        o.spec.capacity["storage"] = gibibytes(1 + static_cast<std::int64_t>(draw.below(4)));
        if (draw.below(9) != 0) into.add(o);
    }
}

/// Makes the volume without saying whose it is, under a new name each time.
struct careless_controller {
    static constexpr std::string_view name = "careless";
    using reconciles = kube::persistent_volume_claim;
    using writes = reconcile::kinds<kube::persistent_volume>;
    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan {
        auto plan = reconcile::plan{};
        auto made = kube::persistent_volume();
        made.metadata.generate_name = "pvc-";
        if (auto const o = world.get<kube::persistent_volume_claim>(k); o && o->spec.volume_name.empty())
            plan.create(std::move(made));
        return plan;
    }
};

} // namespace

TEST_CASE("the provisioner of folders keeps the laws of controllers on random worlds") {
    CHECK(broken_laws(controller, {"default", "c0"}, draw_claims, 60) == std::set<std::string>{});
    CHECK(broken_laws(reclaimer, {"", "v0"}, draw_claims, 60) == std::set<std::string>{});
    CHECK(broken_laws(resizer, {"default", "c0"}, draw_bound_claims, 60) == std::set<std::string>{});
}

TEST_CASE("a provisioner that does not know its own volumes breaks a law") {
    CHECK(has_broken(broken_laws(careless_controller(), {"default", "c0"}, draw_claims, 3),
                     "once its plans are carried out there is nothing to do"));
}

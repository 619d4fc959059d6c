/// \file
/// Pods that are alike for the scheduler, and the law of the placer on the whole default profile: it decides
/// as `schedule::place` does, whatever pods come and go.

#include "drawing.hpp"

#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/pod_class.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/schedule/laws/placer.hpp>

using namespace test;

namespace {

auto enter(kube::pod_info const& p, kube::node_info& n) -> void { n.add(p); }
auto leave(kube::pod_info const& p, kube::node_info& n) -> void { n.remove(p); }

} // namespace

TEST_CASE("a placer decides as place does under the default profile") {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        auto drawn = drawing(seed);
        auto const nodes = drawn.nodes(seed % 3 == 0 ? 4 : 25);
        auto const pods = drawn.pods(8);
        schedule::laws::placer<kube::facets::pod_books>(kube::default_profile, pods, nodes, enter, leave,
                                                        seed, 120, held);
    }
    auto drawn = drawing(99);
    auto const pods = drawn.pods(12);
    schedule::laws::placer<kube::facets::pod_books>(kube::default_profile, pods, drawn.nodes(400), enter,
                                                    leave, 99, 300, held);
}

TEST_CASE("pods of one class differ in nothing that their place may depend on") {
    auto const same = [](make_pod const& a, make_pod const& b) {
        auto const x = info(a);
        auto const y = info(b);
        auto const equal = x.placement_class() == y.placement_class();
        if (equal) CHECK(x.class_hash == y.class_hash);
        return equal;
    };
    CHECK(same(make_pod("a"), make_pod("b")));
    CHECK(!same(make_pod("a").label("app", "x"), make_pod("a")));
    CHECK(!same(asking("a", "cpu", 100), asking("a", "cpu", 200)));
    CHECK(!same(asking("a", "example.com/gpu", 1000), make_pod("a")));
    auto const with_volume = [](std::string name, auto change) {
        return make_pod(std::move(name)).with([&](kube::pod& p) { change(p.spec.volumes.emplace_back()); });
    };
    auto const token = [](std::string volume) {
        return [volume = std::move(volume)](kube::volume& v) {
            v.name = volume;
            v.projected.engage();
        };
    };
    CHECK(same(with_volume("a", token("kube-api-access-1")), with_volume("b", token("kube-api-access-2"))));
    auto const claim = [](std::string of) {
        return [of = std::move(of)](kube::volume& v) { v.persistent_volume_claim.engage().claim_name = of; };
    };
    CHECK(same(with_volume("a", claim("data")), with_volume("b", claim("data"))));
    CHECK(!same(with_volume("a", claim("data-0")), with_volume("b", claim("data-1"))));
    CHECK(!same(with_volume("a", claim("data")), make_pod("b")));
    auto const made = [](kube::volume& v) { v.ephemeral.engage(); };
    CHECK(!same(with_volume("a", made), with_volume("b", made)));
    CHECK(same(with_volume("a", made), with_volume("a", made)));
}

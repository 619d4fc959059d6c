/// \file
/// Pods by their claims.

#include "../schedule/volume_world.hpp"

#include <berth/kube/control/pods_on_claims.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("pods are found under each of their claims, ephemeral ones included") {
    auto w = reconcile::world();
    w.follow<kube::pod>().add_index(kube::pods_by_claim_index());
    w.add(pod_on("p", {"c", "d"}).done());
    w.add(pod_on("q", {"c"}).done());
    w.add(pod_on("far", {"c"}).in("other").done());
    w.add(pod_with_scratch("s").done());
    auto const view = w.at(new_year);
    auto const names = [&](std::string claim) {
        auto out = std::vector<std::string>();
        for (auto const p : kube::pods_on(view, {"default", std::move(claim)}))
            out.push_back(p->metadata.name);
        return out;
    };
    CHECK(names("c") == std::vector<std::string>{"p", "q"});
    CHECK(names("d") == std::vector<std::string>{"p"});
    CHECK(names("s-scratch") == std::vector<std::string>{"s"});
    CHECK(names("none").empty());
}

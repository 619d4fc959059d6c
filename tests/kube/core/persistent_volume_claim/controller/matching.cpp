/// \file
/// Which of many volumes a claim gets.

#include "../../../schedule/volume_world.hpp"

#include <berth/core/random.hpp>
#include <berth/kube/core/persistent_volume_claim/controller/matching.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>

using namespace test;

namespace {

/// The name of the volume that the claim gets.
template <class... Makers>
auto best(make_claim const& c, bool late, Makers const&... volumes) -> std::string {
    auto w = reconcile::world();
    auto& t = w.follow<kube::persistent_volume>();
    t.add_index(kube::volumes_by_claim_index());
    t.add_index(kube::free_volumes_index());
    (w.add(volumes.done()), ...);
    auto const view = w.at(new_year);
    auto const found = kube::best_volume(view, c.done(), late);
    return found ? found->metadata.name : std::string();
}

auto wide(make_volume v) -> make_volume {
    return v.with([](auto& o) { o.spec.access_modes.emplace_back("ReadWriteMany"); });
}

} // namespace

TEST_CASE("the smallest volume that is large enough goes first") {
    CHECK(best(make_claim("c", 2), false, make_volume("small", 1), make_volume("big", 5),
               make_volume("right", 3)) == "right");
    CHECK(best(make_claim("c", 9), false, make_volume("big", 5)).empty());
}

TEST_CASE("fewer access modes go before a better size, and before what is kept") {
    CHECK(best(make_claim("c", 2), false, wide(make_volume("wide", 2)), make_volume("big", 5)) == "big");
    CHECK(best(make_claim("c", 1), false, wide(make_volume("wide", 1)).kept_for("c"), make_volume("v", 1)) ==
          "v");
    CHECK(best(make_claim("c").mode("ReadWriteMany"), false, wide(make_volume("wide")), make_volume("v")) ==
          "wide");
}

TEST_CASE("what is kept for a claim goes before what is smaller, and alone counts for a late one") {
    auto const kept = make_volume("kept", 5).kept_for("c");
    CHECK(best(make_claim("c"), false, make_volume("v", 1), kept) == "kept");
    CHECK(best(make_claim("c"), true, make_volume("v", 1), kept) == "kept");
    CHECK(best(make_claim("c"), true, make_volume("v", 1)).empty());
    CHECK(best(make_claim("c"), false, make_volume("v").kept_for("d")).empty());
}

TEST_CASE("class, selector, mode, attributes and phase must fit") {
    auto const c = make_claim("c");
    CHECK(best(c, false, make_volume("v").of_class("x")).empty());
    CHECK(best(make_claim("c").of_class("x"), false, make_volume("v").of_class("x")) == "v");
    auto chosen = c;
    chosen.with([](auto& o) { o.spec.selector.engage().match_labels["tier"] = "fast"; });
    CHECK(best(chosen, false, make_volume("v")).empty());
    CHECK(best(chosen, false, make_volume("v").label("tier", "fast")) == "v");
    CHECK(best(c, false, make_volume("v").with([](auto& v) { v.status.phase = "Released"; })).empty());
    CHECK(best(c, false, make_volume("v").deleting()).empty());
    CHECK(best(c, false, make_volume("v").with([](auto& v) {
              v.spec.volume_mode.engage() = "Block";
          })).empty());
    CHECK(best(c, false, make_volume("v").with([](auto& v) {
              v.spec.volume_attributes_class_name.engage() = "gold";
          })).empty());
    auto broken = c;
    broken.with([](auto& o) {
        auto& r = o.spec.selector.engage().match_expressions.emplace_back();
        r.key = "tier";
        r.operator_ = "Near";
    });
    CHECK(best(broken, false, make_volume("v")).empty());
}

TEST_CASE("what is said of a volume that does not fit is what does not") {
    auto const of = [](auto change) {
        auto v = make_volume("v");
        change(v);
        return kube::mismatch(v.done(), make_claim("c").done());
    };
    CHECK(of([](auto&) {}).empty());
    CHECK(of([](auto& v) { v.deleting(); }) == "the volume is marked for deletion \"v\"");
    CHECK(of([](auto& v) { v = make_volume("v", 0); }) == "requested PV is too small");
    CHECK(of([](auto& v) { v.of_class("x"); }) == "storageClassName does not match");
    CHECK(of([](auto& v) {
              v.with([](auto& o) { o.spec.volume_attributes_class_name.engage() = "gold"; });
          }) == "volumeAttributesClassName does not match");
    CHECK(of([](auto& v) { v.with([](auto& o) { o.spec.volume_mode.engage() = "Block"; }); }) ==
          "incompatible volumeMode");
    CHECK(of([](auto& v) { v.with([](auto& o) { o.spec.access_modes = {"ReadOnlyMany"}; }); }) ==
          "incompatible accessMode");
}

TEST_CASE("a free volume fits the claims of its class for which it would do") {
    CHECK(kube::would_fit(make_volume("v").done(), make_claim("c").done()));
    CHECK(!kube::would_fit(make_volume("v").kept_for("c").done(), make_claim("c").done()));
    CHECK(!kube::would_fit(make_volume("v").done(), make_claim("c", 2).done()));
    CHECK(!kube::would_fit(make_volume("v").of_class("x").done(), make_claim("c").done()));
}

TEST_CASE("of equal volumes many claims do not all want the same one") {
    auto w = reconcile::world();
    auto& t = w.follow<kube::persistent_volume>();
    t.add_index(kube::volumes_by_claim_index());
    t.add_index(kube::free_volumes_index());
    for (auto i = 0; i < 100; ++i) w.add(make_volume("v" + std::to_string(i)).done());
    auto const view = w.at(new_year);
    auto draw = berth::random_engine(1);
    auto wanted = std::set<std::string>();
    for (auto i = 0; i < 100; ++i)
        wanted.insert(kube::best_volume(view, make_claim("c").uid(draw.uuid()).done(), false)->metadata.name);
    CHECK(wanted.size() > 40);
}

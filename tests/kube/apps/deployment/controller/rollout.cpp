/// \file
/// How far a rollout may go: sizes of sets.

#include "../../../vocabulary.hpp"

#include <berth/kube/apps/deployment/controller/rollout.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto set_of(std::string name, std::int32_t size, std::int32_t available) -> kube::owned_set {
    return kube::owned_set(make_replica_set(std::move(name), size).counted(size, available).done());
}

} // namespace

TEST_CASE("percentages of surge round up, of unavailability down, and something may move") {
    auto const bounds = [](object::int_or_string surge, object::int_or_string unavailable) {
        auto const b = kube::bounds_of(make_deployment("web", 10).rolling(surge, unavailable).done());
        return std::pair{b.surge, b.unavailable};
    };
    CHECK(bounds("25%", "25%") == std::pair{3, 2});
    CHECK(bounds(0, "1%") == std::pair{0, 1});
    CHECK(bounds(2, 0) == std::pair{2, 0});
    CHECK(bounds(0, 50) == std::pair{0, 10});
}

TEST_CASE("a deployment that is recreated is at once of full size") {
    auto const d = make_deployment("web", 3).recreating().done();
    CHECK(kube::bounds_of(d).surge == 0);
    CHECK(kube::new_set_size(d, 0, 3) == 3);
}

TEST_CASE("the new set grows as far as the old ones leave room") {
    auto const d = make_deployment("web", 4).rolling(1, 0).done();
    CHECK(kube::new_set_size(d, 0, 4) == 1);
    CHECK(kube::new_set_size(d, 1, 4) == 1);
    CHECK(kube::new_set_size(d, 1, 2) == 3);
    CHECK(kube::new_set_size(d, 1, 0) == 4);
}

TEST_CASE("old sets lose what is not available first, and the rest as far as enough stay") {
    auto const d = make_deployment("web", 4).rolling(1, 1).done();
    auto old = std::vector<kube::owned_set>();
    old.push_back(set_of("a", 2, 0));
    old.push_back(set_of("b", 2, 2));
    kube::shrink_old(d, set_of("new", 1, 1), old);
    CHECK(old[0].size() == 0);
    CHECK(old[1].size() == 2);
    kube::shrink_old(d, set_of("new", 3, 3), old);
    CHECK(kube::total_size(old) == 0);
}

TEST_CASE("sets are resized in proportion, what is left over goes to the largest") {
    auto d = make_deployment("web", 8).rolling(0, 1).done();
    auto sets = std::vector<kube::owned_set>();
    sets.push_back(set_of("a", 3, 3));
    sets.push_back(set_of("b", 1, 1));
    for (auto& s : sets) s.now.metadata.annotations[std::string(kube::maximum_annotation)] = "4";
    kube::resize_in_proportion(d, kube::active_of(sets));
    CHECK(sets[0].size() == 6);
    CHECK(sets[1].size() == 2);
    d.spec.replicas = 0;
    kube::resize_in_proportion(d, kube::active_of(sets));
    CHECK(kube::total_size(sets) == 0);
}

TEST_CASE("an annotation that is no number is none") {
    auto m = object::meta();
    CHECK_FALSE(kube::annotated_number(m, "n").has_value());
    m.annotations["n"] = "12";
    CHECK(kube::annotated_number(m, "n") == 12);
    m.annotations["n"] = "12x";
    CHECK_FALSE(kube::annotated_number(m, "n").has_value());
}

/// \file
/// Which pods of a set that shrinks go first.

#include "../../../vocabulary.hpp"

#include <berth/kube/apps/replica_set/controller/pod_ranking.hpp>

#include <catch2/catch_test_macros.hpp>

#include <map>

using namespace test;

namespace {

using words = std::vector<std::string>;
constexpr auto cost = "controller.kubernetes.io/pod-deletion-cost";

/// The names of pods in the order in which they go.
auto order(reconcile::world const& w, words const& names,
           std::map<std::string, std::size_t> const& ranks = {}) -> words {
    auto pods = std::vector<kube::ranked_pod>();
    for (auto const& n : names) {
        auto const rank = ranks.find(n);
        pods.push_back(
            {w.at(new_year).get<kube::pod>({"default", n}), rank == ranks.end() ? 0 : rank->second});
    }
    kube::rank_for_deletion(pods, new_year);
    auto out = words();
    for (auto const& p : pods) out.push_back(p.value->metadata.name);
    return out;
}

} // namespace

TEST_CASE("pods without a node go before those that have one, and pending before running") {
    auto const w = world_of(make_pod("a").on("n").ready(), make_pod("b").on("n"), make_pod("c"));
    CHECK(order(w, {"a", "b", "c"}) == words{"c", "b", "a"});
}

TEST_CASE("cheap pods go before dear ones, and one of many on a node before one alone") {
    auto const w =
        world_of(make_pod("a").on("n").ready(), make_pod("b").on("n").ready().annotation(cost, "-5"),
                 make_pod("c").on("m").ready());
    CHECK(order(w, {"a", "b", "c"}, {{"a", 2}, {"b", 2}, {"c", 1}}) == words{"b", "a", "c"});
}

TEST_CASE("a cost that is no number is none") {
    using kube::detail::deletion_cost;
    CHECK(deletion_cost(make_pod("p").annotation(cost, "7").done()) == 7);
    for (auto const* const text : {"", "+7", "07", "7x", "99999999999"})
        CHECK(deletion_cost(make_pod("p").annotation(cost, text).done()) == 0);
}

TEST_CASE("pods that have been ready for a shorter time go first, on a logarithmic scale") {
    auto const w = world_of(make_pod("old").on("n").ready(new_year - seconds(10'000)),
                            make_pod("young").on("n").ready(new_year - seconds(10)));
    CHECK(order(w, {"old", "young"}) == words{"young", "old"});
    CHECK(kube::detail::age_magnitude(object::timestamp(), new_year) == -2);
    CHECK(kube::detail::compare_ages(object::timestamp(new_year - seconds(100)),
                                     object::timestamp(new_year - seconds(101)), new_year) == 0);
}

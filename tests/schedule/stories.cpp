#include "../../examples/010-place-a-task/batch.hpp"
#include "../../examples/020-write-a-filter/budget.hpp"
#include "../../examples/025-make-room/harbour.hpp"
#include "../../examples/027-two-gangs-and-a-queue/harbour.hpp"
#include "harbour.hpp"

#include <berth/schedule/laws.hpp>

namespace {

namespace schedule = berth::schedule;

TEST_CASE("the leaves of story 010 obey the laws, and so does its policy") {
    auto const tasks = std::vector<batch::task>{{"small"}, {"large", 9}, {"gpu", 2, true}};
    auto const hosts = std::vector<batch::host>{{"a", 8}, {"b", 16, true}, {"c", 16, true, true}};
    schedule::laws::boolean_algebra(batch::fits, batch::has_device, batch::cordoned, tasks, hosts,
                                    harbour::report);
    schedule::laws::placement(batch::policy, tasks, hosts, harbour::report);
    CHECK(schedule::place(tasks[0], hosts, batch::policy)->node == 0);
    CHECK(schedule::place(tasks[2], hosts, batch::policy)->node == 1);
}

TEST_CASE("the filter of story 020 keeps a reserve of the budget") {
    using namespace budget;
    constexpr auto careful = schedule::filter<keeps_reserve>({.share = 0.5});
    CHECK_TWICE(judge(careful, job{.hours = 5, .euros = 10}, offer{}) == schedule::accept);
    CHECK_TWICE(judge(careful, job{.hours = 6, .euros = 10}, offer{}) == schedule::reject("over budget"));
    CHECK(judge(big_enough, job{.cores = 8}, offer{.cores = 2}).text() == "6 cores short");
}

TEST_CASE("the frugal score of story 020 rates the least energy best") {
    using namespace budget;
    auto const offers = std::vector<offer>{{.kilowatts = 1}, {.kilowatts = 2}, {.kilowatts = 5}};
    CHECK(schedule::rate(frugal, job{}, offers) == std::vector<schedule::points>{100, 75, 0});
}

TEST_CASE("in story 025 an urgent ship makes a lesser one leave, and no other") {
    using namespace piers;
    auto all = std::vector<pier>{ship{"anna", 1}, ship{"berta", 2}};
    auto harbour = schedule::cycle_of<ship, pier>(policy);
    auto const rescue = harbour.add({"rescue", 3});
    harbour.add({"carla", 1});
    auto const wish = harbour.next(all, {});
    REQUIRE(wish->outcome.error().at == schedule::stage::evicting);
    CHECK(wish->outcome.error().room == schedule::eviction<std::string>{0, {"anna"}});
    CHECK(harbour.next(all, {})->outcome.error().at == schedule::stage::refused);
    all[0].reset();
    harbour.again(rescue);
    CHECK(harbour.next(all, {})->outcome->node == 0);
    CHECK(all[0]->name == "rescue");
}

TEST_CASE("in story 027 a convoy berths whole or not at all, and within the quota of its fleet") {
    using namespace convoys;
    auto fleets = schedule::fair_line<1>({9});
    auto const navy = fleets.open("navy", {.limit = {4}});
    auto piers = std::vector<pier>{3, 3};
    auto harbour = schedule::gang_cycle_of<ship, pier>(policy_for(fleets), convoy_of);
    auto const stay = [&](int convoy, std::size_t ships) {
        for (std::size_t n = 0; n < ships; ++n) harbour.add({"ship", navy, convoy, ships});
        while (harbour.next(piers, {})) {}
        return std::vector{piers[0] + piers[1], static_cast<int>(fleets.shares().usage(navy)[0])};
    };
    CHECK(stay(1, 3) == std::vector{3, 3});
    CHECK(stay(2, 2) == std::vector{3, 3}); // the piers have room, the quota has not
    CHECK(stay(0, 1) == std::vector{2, 4});
}

} // namespace

#include "../../examples/010-place-a-task/batch.hpp"
#include "../../examples/020-write-a-filter/budget.hpp"
#include "../../examples/025-make-room/harbour.hpp"
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

} // namespace

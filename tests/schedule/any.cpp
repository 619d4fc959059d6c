#include "harbour.hpp"

#include <berth/schedule/any.hpp>
#include <berth/schedule/laws.hpp>

#include <functional>
#include <map>

namespace {

using namespace berth::schedule;
using harbour::cordoned, harbour::fits, harbour::host, harbour::prefer_zone, harbour::roomy, harbour::task,
    harbour::tolerates;
using some_filter = any_filter<task, host>;
using some_score = any_score<task, host>;

TEST_CASE("an erased policy decides like the policy itself") {
    auto const erased = profile{
        .name = "batch",
        .filter = some_filter(harbour::batch.filter),
        .score = some_score(harbour::batch.score),
    };
    CHECK(erased.describe() == harbour::batch.describe());
    for (auto const& t : harbour::tasks())
        CHECK(place(t, harbour::hosts(), erased) == place(t, harbour::hosts(), harbour::batch));
}

TEST_CASE("erased leaves compose with others and with themselves") {
    some_filter f = fits;
    f = f and not some_filter(cordoned);
    CHECK(describe(tolerates and f) == "tolerates and fits and not cordoned");
    some_score s = 2 * roomy;
    s = 3 * (s + prefer_zone({.zone = 1}));
    CHECK(describe(s) == "3 * (2 * roomy + prefer zone)");
    CHECK(rate(s, task{}, std::vector<host>{{.cpu_free = 4, .zone = 1}}) == std::vector<points>{48});
}

TEST_CASE("a policy is put together from names at run time") {
    auto const known = std::map<std::string, some_filter, std::less<>>{
        {"fits", fits}, {"tolerates", tolerates}, {"uncordoned", not cordoned}};
    some_filter chosen = everything{};
    for (auto const* name : {"fits", "uncordoned"}) chosen = chosen and known.find(name)->second;
    CHECK(describe(chosen) == "any node and fits and not cordoned");
    CHECK(judge(chosen, task{.cpu = 9}, host{}) == reject("not enough cpu"));
    CHECK(judge(chosen, task{}, host{.is_cordoned = true}) == reject("cordoned"));
}

TEST_CASE("erased leaves obey the laws of those that they hold") {
    laws::filter(some_filter(fits and tolerates), harbour::tasks(), harbour::hosts(), harbour::report);
    laws::boolean_algebra(some_filter(fits), cordoned, some_filter(not tolerates), harbour::tasks(),
                          harbour::hosts(), harbour::report);
    laws::linear_algebra(some_score(roomy), prefer_zone({.zone = 1}), some_score(2 * roomy), harbour::tasks(),
                         harbour::hosts(), harbour::report);
}

} // namespace

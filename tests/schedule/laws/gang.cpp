#include <berth/core/random.hpp>
#include <berth/schedule/laws/gang.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace berth::schedule;

struct worker {
    int cpu = 1;
};
struct host {
    int cpu = 4;
    int rack = 0;

    friend auto operator==(host const&, host const&) -> bool = default;
};
constexpr auto policy = profile{
    .name = "books",
    .filter = filter<"fits">(
        [](worker const& w, host const& h) { return w.cpu <= h.cpu ? accept : reject("not enough cpu"); }),
    .reserve = [](worker const& w, host& h) { h.cpu -= w.cpu; },
    .release = [](worker const& w, host& h) { h.cpu += w.cpu; },
};

TEST_CASE("gangs obey their laws, with a least number and in racks") {
    auto draw = berth::random_engine(4);
    for (auto n = 0; n < 500; ++n) {
        auto hosts = std::vector<host>(1 + draw.below(6));
        for (auto& h : hosts) h = {static_cast<int>(draw.below(6)), static_cast<int>(draw.below(3))};
        auto gang = std::vector<worker>(1 + draw.below(6));
        for (auto& w : gang) w.cpu = static_cast<int>(1 + draw.below(3));
        auto terms = gang_terms{.together = static_cast<gathering>(draw.below(3)), .domain_of = &host::rack};
        if (draw.below(2) == 0) terms.min_count = 1 + draw.below(gang.size());
        laws::gang(policy, gang, hosts, terms, [](std::string_view law, bool held, std::string const& where) {
            INFO(std::string(law) + ": " + where);
            CHECK(held);
        });
    }
}

TEST_CASE("the laws of gangs find books that do not undo themselves") {
    auto leaky = profile{.name = "leaky",
                         .filter = policy.filter,
                         .reserve = policy.reserve,
                         .release = [](worker const&, host& h) { ++h.cpu; }};
    auto broken = 0;
    auto const count = [&](std::string_view, bool held, std::string const&) { broken += held ? 0 : 1; };
    laws::gang(leaky, std::vector<worker>{{2}, {2}, {2}}, std::vector<host>{{4}}, gang_terms<>{}, count);
    CHECK(broken == 1);
    laws::gang(leaky, std::vector<worker>{{2}}, std::vector<host>{{4}}, gang_terms<>{}, count);
    CHECK(broken == 2);
}

} // namespace

#include "harbour.hpp"

#include <berth/schedule/profile.hpp>

namespace {

using namespace berth::schedule;
using harbour::batch, harbour::fits, harbour::host, harbour::roomy, harbour::task;

TEST_CASE("a profile describes itself in one line") {
    CHECK(batch.describe() == "batch: fits and tolerates and not cordoned; 3 * roomy + prefer zone");
    CHECK(profile{}.describe() == "unnamed: any node; no preference");
}

TEST_CASE("every field is optional, in any selection") {
    constexpr auto filtering = profile{.name = "filtering", .filter = fits};
    constexpr auto scoring = profile{.score = roomy};
    constexpr auto nothing = profile{};
    CHECK_TWICE(profile_for<decltype(filtering), task, host>);
    CHECK_TWICE(profile_for<decltype(scoring), task, host>);
    CHECK_TWICE(profile_for<decltype(nothing), task, host>);
}

TEST_CASE("a field that is not given takes no space") {
    CHECK_TWICE(sizeof(profile{.filter = fits}) <= 2 * sizeof(std::string_view));
}

TEST_CASE("a field of the wrong signature does not fit") {
    constexpr auto by_cpu = [](task const& a, task const& b) { return a.cpu > b.cpu; };
    constexpr auto by_one = [](task const& a) { return a.cpu; };
    CHECK_TWICE(profile_for<decltype(profile{.order = by_cpu}), task, host>);
    CHECK_TWICE(!profile_for<decltype(profile{.order = by_one}), task, host>);
    CHECK_TWICE(!profile_for<decltype(profile{.enqueue = by_one}), task, host>);
    CHECK_TWICE(!profile_for<decltype(profile{.prepare = by_one}), task, host>);
    CHECK_TWICE(!profile_for<decltype(profile{.preempt = by_one}), task, host>);
    CHECK_TWICE(!profile_for<decltype(profile{.reserve = by_one}), task, host>);
    CHECK_TWICE(!profile_for<decltype(profile{.permit = by_one}), task, host>);
    CHECK_TWICE(!profile_for<decltype(profile{.bind = by_one}), task, host>);
    CHECK_TWICE(!profile_for<decltype(profile{.filter = fits}), task, int>);
}

TEST_CASE("what a profile prepares is shared by the leaves that ask for it") {
    constexpr auto below = filter<"below mean">([](task const&, host const& h, double mean) {
        return h.cpu_free <= mean ? accept : reject("above the mean");
    });
    constexpr auto close =
        score<"close">([](task const&, host const& h, double mean) { return h.cpu_free - mean; });
    constexpr auto policy = profile{
        .prepare =
            [](task const&, std::span<host const> hosts) {
                auto sum = 0.0;
                for (auto const& h : hosts) sum += h.cpu_free;
                return sum / static_cast<double>(hosts.size());
            },
        .filter = fits and below,
        .score = close + roomy,
    };
    constexpr host hosts[] = {{.cpu_free = 1}, {.cpu_free = 9}, {.cpu_free = 3}};
    CHECK_TWICE(place(task{}, hosts, policy)->node == 2);
    CHECK_TWICE(place(task{}, hosts, policy)->feasible == 2);
}

} // namespace

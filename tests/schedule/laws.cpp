#include "harbour.hpp"

#include <berth/schedule/laws.hpp>

namespace {

using namespace berth::schedule;
using namespace harbour;

constexpr auto same_zone = filter<"same zone">(
    [](task const& t, host const& h) { return t.zone == h.zone ? accept : rule_out("other zone"); });
constexpr auto free_share =
    score<"free share">([](task const&, host const& h) { return h.cpu_free; }, schedule::min_max{});

TEST_CASE("the stock leaves of the tests obey the laws of filters and scores") {
    laws::filter(fits, tasks(), harbour::hosts(), report);
    laws::filter(tolerates or (fits and not cordoned), tasks(), harbour::hosts(), report);
    laws::filter(everything{}, tasks(), harbour::hosts(), report);
    laws::score(roomy, tasks(), harbour::hosts(), report);
    laws::score(0.5 * free_share + prefer_zone({.zone = 1}), tasks(), harbour::hosts(), report);
}

TEST_CASE("and, or and not are a boolean algebra") {
    laws::boolean_algebra(fits, tolerates, cordoned, tasks(), harbour::hosts(), report);
    laws::boolean_algebra(not fits, same_zone or fits, fits and cordoned, tasks(), harbour::hosts(), report);
    laws::boolean_algebra(fits, fits, everything{}, tasks(), harbour::hosts(), report);
}

TEST_CASE("weights and sums are linear") {
    laws::linear_algebra(roomy, prefer_zone({.zone = 1}), free_share, tasks(), harbour::hosts(), report);
    laws::linear_algebra(0.1 * roomy, free_share + roomy, indifference{}, tasks(), harbour::hosts(), report);
}

TEST_CASE("a placement is the best of the survivors, and all accounts agree") {
    laws::placement(batch, tasks(), harbour::hosts(), report);
    laws::placement(profile{.filter = same_zone, .score = free_share + 2 * roomy}, tasks(), harbour::hosts(),
                    report);
    laws::placement(profile{}, tasks(), harbour::hosts(), report);
}

/// Counts which laws a leaf breaks.
auto broken_laws(auto check) -> std::vector<std::string> {
    auto broken = std::vector<std::string>{};
    check([&](std::string_view law, bool held, std::string const&) {
        if (!held && (broken.empty() || broken.back() != law)) broken.emplace_back(law);
    });
    return broken;
}

TEST_CASE("the laws see a filter that is not pure") {
    auto calls = 0;
    auto const moody = filter<"moody">(
        [&calls](task const&, host const&) { return ++calls % 5 == 0 ? accept : reject("not in the mood"); });
    CHECK(!broken_laws([&](auto tell) { laws::filter(moody, tasks(), harbour::hosts(), tell); }).empty());
}

struct looks_around {
    static constexpr std::string_view name = "looks around";
    using surveys = schedule::surveys<>; // a lie
    auto prepare(task const&, std::span<host const> all) const -> std::size_t { return all.size(); }
    auto operator()(task const&, host const&, std::size_t count) const -> verdict {
        return count > 1 ? accept : reject("lonely");
    }
};

TEST_CASE("the laws see a leaf that reads more than it declares") {
    auto const broken = broken_laws(
        [&](auto tell) { laws::filter(filter(looks_around{}), tasks(), harbour::hosts(), tell); });
    REQUIRE(!broken.empty());
    CHECK(broken.front() == "a filter that reads one node does not see the others");
}

TEST_CASE("the laws see a score that depends on the order of the nodes") {
    auto const first_served =
        score<"first served">([](task const&, candidates<host> found, std::span<points> column) {
            for (std::size_t i = 0; i < found.size(); ++i) column[i] = static_cast<points>(i);
        });
    auto const broken =
        broken_laws([&](auto tell) { laws::score(first_served, tasks(), harbour::hosts(), tell); });
    REQUIRE(!broken.empty());
    CHECK(broken.front() == "points do not depend on the order of the nodes");
}

} // namespace

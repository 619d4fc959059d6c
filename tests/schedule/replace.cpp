/// \file
/// Leaves of a policy are replaced by name.

#include "harbour.hpp"

#include <berth/schedule/replace.hpp>

namespace {

using namespace berth::schedule;
using namespace harbour;

constexpr auto small =
    filter<"small">([](task const& t, host const&) { return t.cpu < 3 ? accept : reject("large"); });

TEST_CASE("a leaf of a filter is replaced by name, wherever it stands") {
    CHECK(describe(replace<"tolerates">(batch.filter, small)) == "fits and small and not cordoned");
    CHECK(describe(replace<"cordoned">(batch.filter, small)) == "fits and tolerates and not small");
    CHECK(describe(replace<"fits">(fits or (tolerates and fits), small)) == "small or tolerates and small");
    CHECK(judge(replace<"fits">(fits and tolerates, small), task{.cpu = 3}, host{}) == reject("large"));
    CHECK(judge(replace<"fits">(fits and tolerates, everything{}), task{.cpu = 99}, host{}) == accept);
}

TEST_CASE("a leaf of a score is replaced by name, and keeps the weight") {
    constexpr auto flat = score<"flat">([](task const&, host const&) { return 1; });
    CHECK(describe(replace<"roomy">(batch.score, flat)) == "3 * flat + prefer zone");
    CHECK(describe(replace<"prefer zone">(batch.score, flat)) == "3 * roomy + flat");
    CHECK(rate(replace<"roomy">(batch.score, flat), task{}, std::vector<host>(1)) == std::vector<points>{3});
}

} // namespace

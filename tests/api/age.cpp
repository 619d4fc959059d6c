#include <berth/api/age.hpp>
#include <berth/object/time.hpp>

#include <catch2/catch_test_macros.hpp>

namespace api = berth::api;

TEST_CASE("the longer a span is, the coarser it is told") {
    constexpr std::int64_t minute = 60, hour = 3600, day = 86400, year = 365 * day;
    for (auto const& [seconds, text] :
         std::initializer_list<std::pair<std::int64_t, char const*>>{{-2, "<invalid>"},
                                                                     {-1, "0s"},
                                                                     {0, "0s"},
                                                                     {119, "119s"},
                                                                     {2 * minute, "2m"},
                                                                     {3 * minute + 20, "3m20s"},
                                                                     {9 * minute + 59, "9m59s"},
                                                                     {10 * minute + 1, "10m"},
                                                                     {3 * hour - 1, "179m"},
                                                                     {3 * hour, "3h"},
                                                                     {7 * hour + 59 * minute, "7h59m"},
                                                                     {8 * hour + minute, "8h"},
                                                                     {48 * hour - 1, "47h"},
                                                                     {48 * hour, "2d"},
                                                                     {2 * day + hour, "2d1h"},
                                                                     {8 * day, "8d"},
                                                                     {2 * year - 1, "729d"},
                                                                     {2 * year, "2y"},
                                                                     {2 * year + 5 * day, "2y5d"},
                                                                     {8 * year, "8y"}}) {
        CHECK(api::human_duration(berth::seconds(seconds)) == text);
    }
}

TEST_CASE("a time that is not set has no age") {
    auto const now = berth::time_point::from_unix_seconds(1000);
    CHECK(api::age_of(berth::object::timestamp{}, now) == "<unknown>");
    CHECK(api::age_of(berth::object::timestamp(berth::time_point::from_unix_seconds(990)), now) == "10s");
}

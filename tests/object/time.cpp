/// \file
/// Times as text, and back.

#include <berth/core/random.hpp>
#include <berth/object/time.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>
#include <string_view>

using namespace berth;
using object::micro_timestamp;
using object::parse_time;
using object::timestamp;

namespace {

auto at(std::string_view text) -> std::int64_t { return parse_time(text).value().nanoseconds; }
auto complaint(std::string_view text) -> std::string {
    auto const t = parse_time(text);
    return t ? std::string() : t.error().message;
}

} // namespace

TEST_CASE("times are read with any zone and fraction") {
    CHECK(at("1970-01-01T00:00:00Z") == 0);
    CHECK(at("2026-01-01T00:00:00Z") == 1'767'225'600'000'000'000);
    CHECK(at("1970-01-01T01:30:00+01:30") == 0);
    CHECK(at("1969-12-31T16:00:00-08:00") == 0);
    CHECK(at("1969-12-31T23:59:59Z") == -1'000'000'000);
    CHECK(at("1970-01-01T00:00:00.5Z") == 500'000'000);
    CHECK(at("1970-01-01T00:00:00.123456789Z") == 123'456'789);
    CHECK(at("1970-01-01T00:00:00.1234567899999Z") == 123'456'789);
    CHECK(at("2024-02-29T00:00:00Z") == 1'709'164'800'000'000'000);
}

TEST_CASE("what is no time is refused in Go's words") {
    CHECK(complaint("2026-13-01T00:00:00Z").starts_with("parsing time \"2026-13-01T00:00:00Z\""));
    CHECK(complaint("2023-02-29T00:00:00Z").ends_with(": day out of range"));
    CHECK(complaint("2026-01-01T00:00:00Zx").ends_with(": extra text: \"x\""));
    CHECK(complaint("noon") ==
          R"(parsing time "noon" as "2006-01-02T15:04:05Z07:00": cannot parse "noon" as "2006")");
    for (auto const* bad : {"", "2026", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01 00:00:00Z",
                            "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z",
                            "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-04-31T00:00:00Z",
                            "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+1:00", "2026-01-01T00:00:00+24:00",
                            "-026-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z"}) {
        CAPTURE(bad);
        CHECK(parse_time(bad).error().code == error_code::bad_request);
    }
}

TEST_CASE("a layout to the microsecond wants exactly six digits") {
    auto const read = [](std::string_view text) { return parse_time(text, micro_timestamp::layout); };
    CHECK(read("1970-01-01T00:00:00.000001Z")->nanoseconds == 1'000);
    CHECK_FALSE(read("1970-01-01T00:00:00Z"));
    CHECK_FALSE(read("1970-01-01T00:00:00.5Z"));
    CHECK_FALSE(read("1970-01-01T00:00:00.1234567Z"));
}

TEST_CASE("timestamps are written as they are read") {
    CHECK(timestamp(time_point{1'767'225'600'999'999'999}).to_string() == "2026-01-01T00:00:00Z");
    CHECK(timestamp(time_point{-1}).to_string() == "1969-12-31T23:59:59Z");
    CHECK(micro_timestamp(time_point{1'767'225'600'000'006'999}).to_string() ==
          "2026-01-01T00:00:00.000006Z");
    CHECK(micro_timestamp(time_point{-1'000}).to_string() == "1969-12-31T23:59:59.999999Z");
    auto draw = berth::random_engine(2);
    for (auto i = 0; i < 2'000; ++i) {
        auto const s = static_cast<std::int64_t>(draw.below(18'000'000'000)) - 9'000'000'000;
        auto const t = timestamp(time_point::from_unix_seconds(s));
        CHECK(parse_time(t.to_string())->unix_seconds() == s);
    }
}

TEST_CASE("the zero time is none, and not the epoch") {
    CHECK(timestamp().is_zero());
    CHECK(timestamp().to_string().empty());
    CHECK(timestamp().time() == time_point{});
    CHECK(micro_timestamp().is_zero());
    CHECK(micro_timestamp().to_string().empty());
    CHECK_FALSE(timestamp(time_point{}).is_zero());
    CHECK(timestamp(time_point{}).to_string() == "1970-01-01T00:00:00Z");
    CHECK(timestamp() < timestamp(time_point{}));
}

/// \file
/// Spans of time as people write them.

#include <berth/core/span_text.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace berth;

TEST_CASE("a span is a sum of whole numbers of units") {
    CHECK(parse_span("15s") == seconds(15));
    CHECK(parse_span("1h2m3s") == seconds(3723));
    CHECK(parse_span("250ms") == milliseconds(250));
    CHECK(parse_span("7us9ns") == nanoseconds(7'009));
    CHECK(parse_span("0s") == duration{});
    CHECK(parse_span("9223372036854775807h") == nanoseconds(std::numeric_limits<std::int64_t>::max()));
}

TEST_CASE("what is no span is none") {
    for (auto const* const text :
         {"", "5", "s", "-5s", "5x", "5 s", "5s ", "1.5s", "9223372036854775808s", "5s3"})
        CHECK(!parse_span(text));
}

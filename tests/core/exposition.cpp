/// \file
/// Metrics as Prometheus reads them.

#include <berth/core/exposition.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a family has its help, its type and its samples") {
    auto out = exposition();
    out.family("ships_total", "counter", "Ships that came in.");
    out.sample("ships_total", {}, std::uint64_t{3});
    out.sample("ships_total", {{"port", "north"}, {"quay", "2"}}, "0.5");
    CHECK(std::move(out).text() == "# HELP ships_total Ships that came in.\n"
                                   "# TYPE ships_total counter\n"
                                   "ships_total 3\n"
                                   "ships_total{port=\"north\",quay=\"2\"} 0.5\n");
}

TEST_CASE("values of labels may be anything") {
    auto out = exposition();
    out.sample("a", {{"b", "c\"d\\e\nf"}}, std::uint64_t{1});
    CHECK(std::move(out).text() == "a{b=\"c\\\"d\\\\e\\nf\"} 1\n");
}

TEST_CASE("spans are told in seconds, exactly") {
    CHECK(seconds_text(milliseconds(2500)) == "2.5");
    CHECK(seconds_text(seconds(10)) == "10");
    CHECK(seconds_text(duration{1}) == "0.000000001");
    CHECK(seconds_text(duration{-1'500'000'000}) == "-1.5");
}

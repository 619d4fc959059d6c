/// \file
/// The simulated runtime: rules, order, failures.

#include <berth/node/simulated_runtime.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using namespace berth::node;

namespace {

constexpr auto t0 = time_point::from_unix_seconds(1'767'225'600);

auto spec(std::string name, std::string image = "app:1") -> container_spec {
    auto out = container_spec();
    out.name = std::move(name);
    out.image = std::move(image);
    return out;
}

} // namespace

TEST_CASE("patterns match as in a shell", "[node][simulated_runtime]") {
    using node::detail::matches_pattern;
    STATIC_REQUIRE(matches_pattern("", ""));
    STATIC_REQUIRE(matches_pattern("*", ""));
    STATIC_REQUIRE(matches_pattern("a*c", "abbbc"));
    STATIC_REQUIRE(matches_pattern("*/db/*", "default/db/main"));
    STATIC_REQUIRE(matches_pattern("a*b*c", "aXbYbZc"));
    STATIC_REQUIRE(!matches_pattern("a*c", "abbb"));
    STATIC_REQUIRE(!matches_pattern("abc", "abcd"));
}

TEST_CASE("the first rule that matches image and name counts", "[node][simulated_runtime]") {
    auto options = simulated_options{};
    options.rules = {{.image = "job:*", .name = "*/slow", .runs_for = seconds(60)},
                     {.image = "job:*", .runs_for = seconds(1), .exit_code = 9}};
    auto runtime = simulated_runtime(options);
    auto const slow = runtime.start(spec("a/slow", "job:1"), t0).value();
    auto const quick = runtime.start(spec("a/quick", "job:1"), t0).value();
    REQUIRE(runtime.start(spec("a/server", "web:1"), t0));
    CHECK(runtime.next(t0) == wake::at(t0 + seconds(1)));
    auto const first = runtime.poll(t0 + seconds(5));
    REQUIRE(first.size() == 1);
    CHECK(first[0].id == quick);
    CHECK(first[0].exit_code == 9);
    CHECK(first[0].finished == t0 + seconds(1));
    CHECK(runtime.poll(t0 + seconds(60)).at(0).id == slow);
    CHECK(runtime.next(t0) == wake::signalled());
    CHECK(runtime.running().size() == 1);
    CHECK(runtime.size() == 1);
}

TEST_CASE("ends are reported in the order of their times", "[node][simulated_runtime]") {
    auto options = simulated_options{};
    for (auto i = 0; i < 5; ++i)
        options.rules.push_back({.name = std::to_string(i), .runs_for = seconds(10 - i), .exit_code = i});
    auto runtime = simulated_runtime(options);
    for (auto i = 0; i < 5; ++i) REQUIRE(runtime.start(spec(std::to_string(i)), t0));
    auto codes = std::vector<int>();
    for (auto const& end : runtime.poll(t0 + seconds(20))) codes.push_back(end.exit_code);
    CHECK(codes == std::vector{4, 3, 2, 1, 0});
}

TEST_CASE("starts can fail a number of times", "[node][simulated_runtime]") {
    auto options = simulated_options{};
    options.rules = {{.refuses = error{error_code::unavailable, "not yet", {}}, .refuses_times = 2}};
    auto runtime = simulated_runtime(options);
    CHECK(runtime.start(spec("a"), t0).error().message == "not yet");
    CHECK(!runtime.start(spec("a"), t0));
    CHECK(runtime.start(spec("a"), t0).has_value());
    CHECK(!runtime.start(spec("b"), t0));
}

TEST_CASE("a container can be made to crash by hand", "[node][simulated_runtime]") {
    auto runtime = simulated_runtime();
    auto const id = runtime.start(spec("a"), t0).value();
    REQUIRE(runtime.end(id, 7, t0 + seconds(1)));
    CHECK(runtime.poll(t0).empty());
    CHECK(runtime.poll(t0 + seconds(1)).at(0).exit_code == 7);
    CHECK(runtime.end(id, 7, t0).error().code == error_code::not_found);
}

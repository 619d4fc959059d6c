/// \file
/// The API's refusals, word for word.

#include <berth/api/errors.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace berth;

namespace {

constexpr auto boats = object::resource_name{"test", "v1", "Boat", "boats", "boat", true};
constexpr auto pods = object::resource_name{"", "v1", "Pod", "pods", "pod", true};

} // namespace

TEST_CASE("a resource is named with its group, unless it is of the core") {
    CHECK(api::qualified(boats) == "boats.test");
    CHECK(api::qualified(pods) == "pods");
}

TEST_CASE("refusals say what, which and why") {
    CHECK(api::not_found(pods, "x").error().message == "pods \"x\" not found");
    CHECK(api::not_found(boats, "x").error().details ==
          error_details{.name = "x", .group = "test", .kind = "boats", .uid = {}, .causes = {}});
    CHECK(api::already_exists(boats, "x").error().message == "boats.test \"x\" already exists");
    CHECK(api::forbidden(pods, "x", "no").error().message == "pods \"x\" is forbidden: no");
    CHECK(api::conflict(pods, "x", "why").error().message ==
          "Operation cannot be fulfilled on pods \"x\": why");
    CHECK(api::modified(pods, "x").error().code == error_code::conflict);
    CHECK(api::too_old(3, 7).error().message == "too old resource version: 3 (7)");
    CHECK(api::too_old(3, 7).error().code == error_code::expired);
    CHECK(api::internal_error("x").error().message == "Internal error occurred: x");
    CHECK(api::internal_error("x").error().details.causes == std::vector<error_cause>{{"", "x", ""}});
    auto const early = api::future_revision(9, 7).error();
    CHECK(early.message == "Timeout: Too large resource version: 9, current: 7");
    CHECK(early.details.retry_after_seconds == 1);
}

TEST_CASE("what is invalid is one sentence or a list of them, each said once") {
    auto const cause = error_cause{"R", "bad", "a"};
    CHECK(api::invalid("", "Pod", "x", {cause}).error().message == "Pod \"x\" is invalid: a: bad");
    auto const twice = api::invalid("test", "Boat", "x", {cause, cause}).error();
    CHECK(twice.message == "Boat.test \"x\" is invalid: a: bad");
    CHECK(twice.details.causes.size() == 2);
    CHECK(api::invalid("", "Pod", "x", {cause, {"R", "worse", "b"}}).error().message ==
          "Pod \"x\" is invalid: [a: bad, b: worse]");
}

TEST_CASE("what is left out is told by its number") {
    CHECK(api::invalid("", "Pod", "x", {{"R", "bad", "a"}}, 2).error().message ==
          "Pod \"x\" is invalid: [a: bad, and 2 more]");
}

TEST_CASE("many causes are put together at the cost of their number") {
    auto causes = std::vector<error_cause>();
    for (auto i = 0; i < 100'000; ++i) causes.push_back({"R", "bad", std::to_string(i / 2)});
    auto const e = api::invalid("", "Pod", "x", causes).error();
    CHECK(e.details.causes == causes);
    CHECK(e.message.ends_with(", 49998: bad, 49999: bad]"));
}

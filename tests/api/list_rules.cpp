/// \file
/// Which options of a list or watch go together, and what they mean.

#include <berth/api/list_rules.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>

using namespace berth;
using enum error_code;

namespace {

auto listing(std::string revision, std::string match = {}, std::int64_t limit = 0, std::string token = {})
    -> api::list_options {
    auto o = api::list_options{};
    o.resource_version = std::move(revision);
    o.resource_version_match = std::move(match);
    o.limit = limit;
    o.continue_token = std::move(token);
    return o;
}
auto watching(std::optional<bool> initial, std::string match = {}, std::string token = {})
    -> api::watch_options {
    auto o = api::watch_options{};
    o.send_initial_events = initial;
    o.resource_version_match = std::move(match);
    o.continue_token = std::move(token);
    return o;
}

} // namespace

TEST_CASE("a revision is a number that is not negative, or nothing") {
    CHECK(api::parse_revision("") == 0);
    CHECK(api::parse_revision("0") == 0);
    CHECK(api::parse_revision("9223372036854775807") == 9'223'372'036'854'775'807);
    for (auto const* bad : {"-1", "+1", " 1", "1 ", "x", "1x", "1.0", "99999999999999999999"}) {
        CAPTURE(bad);
        CHECK(api::parse_revision(bad).error().code == bad_request);
    }
}

TEST_CASE("a list reads the newest state, a moment, or something not older") {
    auto const newest = api::plan_list(listing(""));
    CHECK((newest->at == 0 && newest->at_least == 0));
    auto const exact = api::plan_list(listing("5", "Exact"));
    CHECK((exact->at == 5 && exact->at_least == 0));
    auto const later = api::plan_list(listing("5", "NotOlderThan", 3));
    CHECK((later->at == 0 && later->at_least == 5 && later->limit == 3));
    CHECK(api::plan_list(listing("5"))->at_least == 5);
    CHECK(api::plan_list(listing("5", "", 3))->at == 5);
    CHECK(api::plan_list(listing("0", "", 3))->limit == 0);
    CHECK(api::plan_list(listing("", "", -3))->limit == 0);
}

TEST_CASE("a list goes on where its token says") {
    auto const plan = api::plan_list(listing("", "", 2, api::continue_token{7, "bay/x"}.encode()));
    REQUIRE(plan);
    CHECK((plan->at == 7 && plan->start == "bay/x" && plan->limit == 2));
    CHECK(api::plan_list(listing("", "", 2, api::continue_token{-1, "x"}.encode()))->at == 0);
    CHECK(api::plan_list(listing("7", "", 2, api::continue_token{7, "x"}.encode())).error().code ==
          bad_request);
    CHECK(api::plan_list(listing("", "", 2, "nonsense")).error().code == bad_request);
}

TEST_CASE("options of a list that contradict each other are refused together") {
    CHECK(api::plan_list(listing("", "Exact")).error().message ==
          "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is "
          "forbidden unless resourceVersion is provided");
    CHECK(api::check_list(listing("1", "Newest")).error().code == invalid);
    CHECK(api::check_list(listing("0", "Exact")).error().code == invalid);
    CHECK(api::check_list(listing("", "Newest", 0, "t")).error().details.causes.size() == 3);
    auto o = listing("1");
    o.send_initial_events = false;
    CHECK(api::check_list(o).error().details.causes.front().field == "sendInitialEvents");
    CHECK(api::plan_list(listing("soon")).error().code == bad_request);
}

TEST_CASE("options of a watch that contradict each other are refused") {
    CHECK(api::check_watch(watching({})));
    CHECK(api::check_watch(watching(true, "NotOlderThan")));
    CHECK(api::check_watch(watching(false, "NotOlderThan")));
    CHECK(api::check_watch(watching(true)).error().code == invalid);
    CHECK(api::check_watch(watching({}, "NotOlderThan")).error().code == invalid);
    CHECK(api::check_watch(watching(true, "Exact")).error().details.causes.size() == 2);
    CHECK(api::check_watch(watching(true, "NotOlderThan", "t")).error().code == invalid);
}

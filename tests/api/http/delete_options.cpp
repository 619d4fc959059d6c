#include <berth/api/http/delete_options.hpp>

#include <catch2/catch_test_macros.hpp>

namespace api = berth::api;
namespace http = berth::api::http;

TEST_CASE("without a body the parameters say how to delete") {
    auto const o = http::read_delete_options(
        http::query("gracePeriodSeconds=7&propagationPolicy=Foreground&dryRun=All"), "");
    REQUIRE(o);
    CHECK(o->grace_period_seconds == 7);
    CHECK(o->policy == api::propagation::foreground);
    CHECK(o->dry_run);
    CHECK_FALSE(http::read_delete_options(http::query(""), "")->policy.has_value());
    CHECK(http::read_delete_options(http::query("orphanDependents=true"), "")->policy ==
          api::propagation::orphan);
}

TEST_CASE("a body says everything, and the parameters nothing") {
    auto const o =
        http::read_delete_options(http::query("dryRun=All"),
                                  R"({"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Orphan",)"
                                  R"("preconditions":{"uid":"u","resourceVersion":"3"},"more":1})");
    REQUIRE(o);
    CHECK_FALSE(o->dry_run);
    CHECK(o->policy == api::propagation::orphan);
    CHECK(o->expected_uid == "u");
    CHECK(o->expected_resource_version == "3");
}

TEST_CASE("deletions that cannot be meant are refused") {
    auto const code = [](std::string_view parameters, std::string_view body) {
        auto const o = http::read_delete_options(http::query(parameters), body);
        return o ? berth::error_code::internal : o.error().code;
    };
    using berth::error_code;
    CHECK(code("gracePeriodSeconds=x", "") == error_code::bad_request);
    CHECK(code("", R"({"gracePeriodSeconds":"x"})") == error_code::bad_request);
    CHECK(code("", "{") == error_code::bad_request);
    CHECK(code("", R"({"kind":"Pod"})") == error_code::bad_request);
    CHECK(code("propagationPolicy=Nope", "") == error_code::invalid);
    CHECK(code("propagationPolicy=Orphan&orphanDependents=true", "") == error_code::invalid);
    CHECK(code("dryRun=x", "") == error_code::invalid);
}

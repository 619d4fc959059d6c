#include <berth/api/http/status.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

namespace http = berth::api::http;
using berth::error_code;

TEST_CASE("an error is a Status with all that is known of it") {
    auto const e = berth::error{error_code::invalid,
                                "Pod \"x\" is invalid: spec: Required value",
                                {"x", "", "Pod", "", {{"FieldValueRequired", "Required value", "spec"}}, 0}};
    CHECK(
        http::status_text(e) ==
        R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",)"
        R"("message":"Pod \"x\" is invalid: spec: Required value","reason":"Invalid","details":{"name":"x",)"
        R"("kind":"Pod","causes":[{"reason":"FieldValueRequired","message":"Required value",)"
        R"("field":"spec"}]},)"
        R"("code":422})");
    CHECK(http::failure(e).status == 422);
}

TEST_CASE("every code has its number and its reason on the wire") {
    for (auto i = 0; i <= static_cast<int>(error_code::internal); ++i) {
        auto const e = berth::error{static_cast<error_code>(i), "m", {}};
        auto const text = http::status_text(e);
        CHECK(text.find("\"code\":" + std::to_string(berth::http_status_of(e.code))) != std::string::npos);
        CHECK(text.find("\"reason\":\"" + std::string(berth::reason_of(e.code)) + '"') != std::string::npos);
    }
}

TEST_CASE("who is to come back later is told when") {
    auto e = berth::error{error_code::too_many_requests, "slow down", {}};
    e.details.retry_after_seconds = 3;
    auto const r = http::failure(e);
    REQUIRE(r.headers.size() == 1);
    CHECK(r.headers[0].first == "Retry-After");
    CHECK(r.headers[0].second == "3");
    CHECK(r.text.find(R"("details":{"retryAfterSeconds":3})") != std::string::npos);
}

TEST_CASE("warnings are quoted, and told once") {
    auto fields = http::header_fields{};
    http::add_warnings(fields, {"a \"b\" \\", "two\nlines", "a \"b\" \\"});
    REQUIRE(fields.size() == 2);
    CHECK(fields[0].second == R"(299 - "a \"b\" \\")");
    CHECK(fields[1].second == "299 - \"two lines\"");
}

TEST_CASE("more warnings than a header should have are cut, and those at the end left out") {
    auto const told = [](std::vector<std::string> const& warnings) {
        auto fields = http::header_fields{};
        http::add_warnings(fields, warnings);
        auto out = std::vector<std::string>();
        for (auto const& [name, text] : fields) out.push_back(text.substr(7, text.size() - 8));
        return out;
    };
    auto const a_umlaut = std::string("\u00e4");
    auto long_one = std::string();
    for (auto i = 0; i < 4'000; ++i) long_one += a_umlaut;
    CHECK(told({"", long_one, "b"}) == std::vector<std::string>{long_one, "b"});
    auto const cut = told({long_one, std::string(97, 'c'), "d"});
    REQUIRE(cut.size() == 3);
    CHECK(cut[0].size() == 512);
    CHECK(cut[1] == std::string(97, 'c'));
    CHECK(cut[2] == "d");
    auto many = std::vector<std::string>();
    for (auto i = 100'000; i < 140'000; ++i) many.push_back("unknown field " + std::to_string(i));
    auto const first = told(many);
    CHECK(first.size() == 205); // of 20 characters each
    CHECK(first.back() == many[204]);
}

TEST_CASE("a success has a code only if it is given one") {
    CHECK(http::success_text() == R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success"})");
    CHECK(http::success_text({}, 201).ends_with(R"("status":"Success","code":201})"));
}

/// \file
/// Codes of errors by the reason and number of a `Status`.

#include <berth/api/status_code.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a status means what its reason says, else what its number says") {
    CHECK(api::code_of("Forbidden", 400, {}) == error_code::forbidden);
    CHECK(api::code_of("", 403, {}) == error_code::forbidden);
    CHECK(api::code_of("Strange", 404, {}) == error_code::not_found);
    CHECK(api::code_of("", 409, {}) == error_code::already_exists);
    CHECK(api::code_of("", 418, {}) == error_code::internal);
    CHECK(api::code_of("", 504, {}) == error_code::timeout);
    CHECK(api::code_of("ServerTimeout", 500, {}) == error_code::unavailable);
}

TEST_CASE("a timeout that is about a revision is told from others") {
    auto details = error_details();
    CHECK(api::code_of("Timeout", 504, details) == error_code::timeout);
    details.causes.push_back({"ResourceVersionTooLarge", "", ""});
    CHECK(api::code_of("Timeout", 504, details) == error_code::future_revision);
}

TEST_CASE("each code is what its own reason and number mean") {
    for (auto n = 0; n < static_cast<int>(error_code::internal); ++n) {
        auto const code = static_cast<error_code>(n);
        if (code == error_code::future_revision) continue; // a timeout with a cause
        CHECK(api::code_of(reason_of(code), http_status_of(code), {}) == code);
    }
}

/// \file
/// Errors as values, and their words on the wire.

#include <berth/core/error.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;

TEST_CASE("an error is returned as a value") {
    auto const f = [](bool ok) -> result<int> {
        if (!ok) {
            auto details = error_details();
            details.name = "x";
            return fail(error_code::not_found, "no such thing", details);
        }
        return 3;
    };
    CHECK(f(true) == 3);
    CHECK(f(false).error().message == "no such thing");
    CHECK(f(false).error().details.name == "x");
}

TEST_CASE("every code has a reason and a status of its class") {
    for (auto c = 0; c <= static_cast<int>(error_code::internal); ++c) {
        auto const code = static_cast<error_code>(c);
        CHECK(reason_of(code) != "Unknown");
        CHECK(http_status_of(code) >= 400);
        CHECK(http_status_of(code) < 600);
    }
    CHECK(http_status_of(error_code::expired) == 410);
    CHECK(reason_of(error_code::expired) == "Expired");
    CHECK(http_status_of(error_code::internal) == 500);
}

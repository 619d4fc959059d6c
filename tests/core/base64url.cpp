/// \file
/// URL-safe base64.

#include <berth/core/base64url.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("bytes become letters, digits, dashes and underscores, and come back") {
    CHECK(base64url_encode("") == "");
    CHECK(base64url_encode("\xfb\xff\xfe") == "-__-");
    CHECK(base64url_encode("a") == "YQ");
    for (auto n = 0; n < 300; ++n) {
        auto bytes = std::string();
        for (auto i = 0; i < n; ++i) bytes += static_cast<char>(i * 37 + n);
        CHECK(base64url_decode(base64url_encode(bytes)).value() == bytes);
    }
}

TEST_CASE("a text may be padded, and must not be of the other alphabet") {
    CHECK(base64url_decode("YQ==").value() == "a");
    CHECK_FALSE(base64url_decode("+/+/"));
    CHECK_FALSE(base64url_decode("Y"));
    CHECK(base64url_decode("YQ!").error().code == error_code::bad_request);
}

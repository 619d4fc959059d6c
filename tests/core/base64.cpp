/// \file
/// Base64 (the vectors of RFC 4648, section 10).

#include <berth/core/base64.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <utility>

using namespace berth;

TEST_CASE("base64 agrees with the vectors of RFC 4648, both ways") {
    constexpr std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                         {"f", "Zg=="},
                                                                         {"fo", "Zm8="},
                                                                         {"foo", "Zm9v"},
                                                                         {"foob", "Zm9vYg=="},
                                                                         {"fooba", "Zm9vYmE="},
                                                                         {"foobar", "Zm9vYmFy"}};
    for (auto const& [bytes, text] : vectors) {
        CHECK(base64_encode(bytes) == text);
        CHECK(base64_decode(text) == std::string(bytes));
    }
}

TEST_CASE("all bytes survive base64, line breaks are skipped") {
    auto bytes = std::string();
    for (auto c = 0; c < 256; ++c) bytes.push_back(static_cast<char>(c));
    CHECK(base64_decode(base64_encode(bytes)) == bytes);
    CHECK(base64_decode("Zm9v\r\nYmFy\n") == std::string("foobar"));
}

TEST_CASE("what is not base64 is refused, with the place") {
    for (auto const* bad : {"Z", "Zg", "Zg=", "Zg===", "Z!==", "Zg==Zg==", "====", "Zm9v=", "Z=g="}) {
        INFO(bad);
        CHECK_FALSE(base64_decode(bad));
    }
    auto const place = [](std::string_view text) {
        auto const message = base64_decode(text).error().message;
        return message.substr(message.rfind(' ') + 1);
    };
    CHECK(base64_decode("Zm!v").error().message == "illegal base64 data at input byte 2");
    // Go tells where the group begins that lacks digits, and what stands where padding should be.
    CHECK(place("Zm9vZg") == "4");
    CHECK(place("x/y") == "0");
    CHECK(place("Zg=") == "3");
    CHECK(place("Zg=x") == "2");
    CHECK(place("Zg==Zg==") == "4");
    CHECK(place("Z===") == "1");
}

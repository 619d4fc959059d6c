/// \file
/// Values as bytes: text is its own encoding, whatever its bytes.

#include <berth/store/codec.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;
using store::text_codec;

namespace {

/// Answers a bare value where a result is asked for.
struct sure_codec {
    static auto encode(int, std::string&) -> void {}
    static auto decode(std::string_view, std::string_view) -> int { return 0; }
};
/// Cannot go back.
struct one_way_codec {
    static auto encode(int, std::string&) -> void {}
};

} // namespace

TEST_CASE("what was encoded decodes to itself, zero bytes and the empty value included", "[store]") {
    for (auto const& value : {std::string(), std::string("text"), std::string("a\0b\xff\n", 5)}) {
        auto bytes = std::string();
        text_codec::encode(value, bytes);
        CHECK(bytes == value);
        CHECK(text_codec::decode("key", bytes) == value);
    }
}

TEST_CASE("encoding appends to what is there", "[store]") {
    auto bytes = std::string("before:");
    text_codec::encode("value", bytes);
    CHECK(bytes == "before:value");
}

TEST_CASE("a codec goes both ways, for its own type of value, and can fail", "[store]") {
    STATIC_REQUIRE(store::value_codec<text_codec, std::string>);
    STATIC_REQUIRE_FALSE(store::value_codec<text_codec, int>);
    STATIC_REQUIRE_FALSE(store::value_codec<sure_codec, int>);
    STATIC_REQUIRE_FALSE(store::value_codec<one_way_codec, int>);
}

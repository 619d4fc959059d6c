/// \file
/// SHA-256 against the examples of its standard.

#include <berth/core/sha256.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;

namespace {

auto hex(std::string_view bytes) -> std::string {
    auto out = std::string();
    for (auto const b : sha256(bytes)) {
        out += "0123456789abcdef"[b >> 4];
        out += "0123456789abcdef"[b & 15];
    }
    return out;
}

} // namespace

TEST_CASE("the examples of the standard, and lengths around a block") {
    CHECK(hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(hex(std::string(1'000'000, 'a')) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

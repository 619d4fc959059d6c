/// \file
/// The hash FNV-1a, by the vectors of its authors.

#include <berth/core/fnv.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("the hash of bytes is that of the published vectors") {
    STATIC_REQUIRE(fnv1a_32("") == 0x811c9dc5U);
    STATIC_REQUIRE(fnv1a_32("a") == 0xe40c292cU);
    STATIC_REQUIRE(fnv1a_32("foobar") == 0xbf9cf968U);
    STATIC_REQUIRE(fnv1a_64("") == 0xcbf29ce484222325U);
    STATIC_REQUIRE(fnv1a_64("a") == 0xaf63dc4c8601ec8cU);
    STATIC_REQUIRE(fnv1a_64("foobar") == 0x85944171f73967e8U);
    CHECK(fnv1a_64("\xff") != fnv1a_64("\x7f"));
}

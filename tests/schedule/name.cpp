/// \file
/// Names that are template arguments.

#include <berth/schedule/name.hpp>

#include <catch2/catch_test_macros.hpp>

#include <type_traits>

using berth::schedule::literal;

namespace {

template <literal Name> struct named {
    static constexpr auto name = Name.view();
};

} // namespace

TEST_CASE("a literal is the type's, and told without its final zero") {
    STATIC_REQUIRE(named<"fits">::name == "fits");
    STATIC_REQUIRE(named<"not enough cpu">::name.size() == 14);
    STATIC_REQUIRE(std::is_same_v<named<"a">, named<"a">>);
    STATIC_REQUIRE_FALSE(std::is_same_v<named<"a">, named<"b">>);
}

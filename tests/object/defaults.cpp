#include <berth/object/defaults.hpp>
#include <berth/object/detail/sharing.hpp>
#include <berth/object/int_or_string.hpp>
#include <berth/object/meta.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace berth;

namespace {

struct lamp {
    std::string color;
    std::int32_t watts = 0;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(lamp, "", (color, .fallback = "\"white\""), (watts, .fallback = "40"))
};

struct ship {
    std::string rig;
    std::optional<std::int64_t> crew;
    std::optional<bool> afloat;
    object::boxed<std::string> port;
    object::int_or_string spare;
    double draught = 0;
    object::boxed<lamp> bow;
    object::list<lamp> mast;
    std::vector<lamp> stern;
    object::dictionary<lamp> cabins;
    std::string name;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(ship, "", (rig, .fallback = "\"sloop\""), (crew, .fallback = "-3"),
                   (afloat, .fallback = "true"), (port, .fallback = "\"\""), (spare, .fallback = "\"25%\""),
                   (draught, .fallback = "1.5"), (bow), (mast), (stern), (cabins), (name))
};

} // namespace

TEST_CASE("what is zero becomes its default") {
    auto s = ship{};
    object::apply_defaults(s);
    CHECK(s.rig == "sloop");
    CHECK(s.crew == -3);
    CHECK(s.afloat == true);
    REQUIRE(s.port);
    CHECK(s.port->empty());
    CHECK(s.spare == object::int_or_string("25%"));
    CHECK(s.draught == 1.5);
    CHECK(s.name.empty());
}

TEST_CASE("what is said stays") {
    auto s = ship{};
    s.rig = "ketch";
    s.crew = 0;
    s.afloat = false;
    object::apply_defaults(s);
    CHECK(s.rig == "ketch");
    CHECK(s.crew == 0);
    CHECK(s.afloat == false);
}

TEST_CASE("records get defaults wherever they are, and absent ones stay absent") {
    auto s = ship{};
    object::apply_defaults(s);
    CHECK_FALSE(s.bow);
    CHECK(s.mast.empty());
    s.bow.engage().color = "red";
    s.mast.push_back(lamp{});
    s.stern.push_back(lamp{});
    s.cabins["1"].watts = 5;
    object::apply_defaults(s);
    CHECK(s.bow->color == "red");
    CHECK(s.bow->watts == 40);
    CHECK(s.mast.front().color == "white");
    CHECK(s.stern.front().watts == 40);
    CHECK(s.cabins.find("1")->color == "white");
    CHECK(s.cabins.find("1")->watts == 5);
}

TEST_CASE("one member alone can get its default") {
    auto s = ship{};
    object::apply_default(s, &ship::rig);
    CHECK(s.rig == "sloop");
    CHECK_FALSE(s.crew);
}

TEST_CASE("lists of which nothing lacks a default stay shared") {
    auto made = ship{};
    made.mast.push_back(lamp{});
    made.cabins["1"].watts = 5;
    object::apply_defaults(made);
    object::detail::share_lists(object::type_of<ship>(), &made);
    auto const& in = made;
    auto copy = in;
    object::apply_defaults(copy);
    CHECK(std::as_const(copy).mast.data() == in.mast.data());
    CHECK(std::as_const(copy).cabins.begin() == in.cabins.begin());
    copy.mast.push_back(lamp{"red", 0, {}});
    object::apply_defaults(copy);
    CHECK(copy.mast[1].watts == 40);
    CHECK(in.mast.size() == 1);
}

/// \file
/// Which members two states of an object differ in.

#include <berth/object/changed_paths.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

struct hull {
    std::string color;
    std::vector<std::string> planks;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(hull, "", (color), (planks))
};
struct ship {
    static constexpr object::resource_name resource{"test", "v1", "Ship", "ships", "ship", true};
    object::meta metadata;
    hull spec;
    std::int32_t crew = 0;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(ship, "", (metadata), (spec), (crew))
};

} // namespace

TEST_CASE("the paths of what is different are told, lists and what one lacks as a whole") {
    auto a = ship();
    a.metadata.name = "a";
    a.spec = {"red", {"oak", "pine"}, {}};
    auto b = a;
    CHECK(object::changed_paths(object::any_object(a), object::any_object(b), 16).empty());
    b.spec.color = "blue";
    b.spec.planks[1] = "fir";
    b.metadata.labels["x"] = "y";
    b.crew = 3;
    auto const all = std::vector<std::string>{"metadata.labels.x", "spec.color", "spec.planks", "crew"};
    CHECK(object::changed_paths(object::any_object(a), object::any_object(b), 16) == all);
    CHECK(object::changed_paths(object::any_object(a), object::any_object(b), 2) ==
          std::vector<std::string>(all.begin(), all.begin() + 2));
    CHECK(object::changed_paths(object::any_object(a), object::any_object(ship()), 16).size() == 2);
}

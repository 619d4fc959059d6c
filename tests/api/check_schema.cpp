#include "kinds.hpp"

#include <berth/api/check_schema.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace berth;

namespace {

using object::merge_topology;

struct mast {
    std::string name;
    std::int32_t height = 0;
    std::string wood;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(mast, "", (name, .required = true), (height, .minimum = 5),
                   (wood, .immutable = true, .values = "oak,pine"))
};

struct ship {
    static constexpr object::resource_name resource{"test", "v1", "Ship", "ships", "ship", true};

    object::meta metadata;
    std::string rig;
    std::int32_t berths = 0;
    std::optional<std::int32_t> crew;
    object::list<mast> masts;
    std::vector<std::string> ports;
    object::dictionary<mast> spares;
    object::boxed<mast> bowsprit;
    std::string code;
    double draught = 0;
    std::string home;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(ship, "", (metadata), (rig, .required = true, .values = "sloop,ketch"),
                   (berths, .always = true, .minimum = 1), (crew, .minimum = 0, .maximum = 9),
                   (masts, .topology = merge_topology::map, .list_keys = "name,height", .max_size = 3),
                   (ports, .topology = merge_topology::set, .values = "Aden,Brest"), (spares, .min_size = 2),
                   (bowsprit), (code, .pattern = "^(?:[a-z]\\d){2}$", .min_size = 2, .max_size = 4),
                   (draught, .maximum = 3), (home, .immutable = true))
};

auto sound_ship() -> ship {
    auto s = ship{};
    s.rig = "sloop";
    s.berths = 1;
    return s;
}

auto told(api::field_errors const& errors) -> std::string {
    auto out = std::string();
    for (auto const& c : errors.causes()) out += c.field + ": " + c.message + "\n";
    return out;
}

auto problems(ship const& s) -> std::string {
    auto errors = api::field_errors();
    api::check_schema(s, api::field_path(""), errors);
    return told(errors);
}

auto problems(ship const& now, ship const& before) -> std::string {
    auto errors = api::field_errors();
    api::check_schema_update(now, before, api::field_path(""), errors);
    return told(errors);
}

auto mast_of(std::string name, std::int32_t height, std::string wood = {}) -> mast {
    auto m = mast{};
    m.name = std::move(name);
    m.height = height;
    m.wood = std::move(wood);
    return m;
}

/// A description with a mistake that only shows when a value is checked.
struct coin {
    std::string face;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(coin, "", (face, .pattern = "(("))
};

} // namespace

TEST_CASE("a value that keeps to its description is right") {
    auto s = sound_ship();
    CHECK(problems(s).empty());
    s.crew = 9;
    s.masts.push_back(mast_of("main", 20, "oak"));
    s.ports = {"Aden", "Brest"};
    s.code = "a1b2";
    s.draught = 2.5;
    CHECK(problems(s).empty());
}

TEST_CASE("what is required must be there, and what is not is not looked at") {
    CHECK(problems(ship{}) == "rig: Required value\n"
                              "berths: Invalid value: 0: must be greater than or equal to 1\n");
    auto s = sound_ship();
    s.bowsprit.engage().height = 7;
    CHECK(problems(s) == "bowsprit.name: Required value\n");
}

TEST_CASE("texts and numbers must be allowed, wherever they are") {
    auto s = sound_ship();
    s.rig = "brig";
    s.crew = 10;
    s.masts.push_back(mast_of("main", 4, "ash"));
    s.ports = {"Cork"};
    s.draught = 3.5;
    CHECK(problems(s) == "rig: Unsupported value: \"brig\": supported values: \"sloop\", \"ketch\"\n"
                         "crew: Invalid value: 10: must be between 0 and 9, inclusive\n"
                         "masts[0].height: Invalid value: 4: must be greater than or equal to 5\n"
                         "masts[0].wood: Unsupported value: \"ash\": supported values: \"oak\", \"pine\"\n"
                         "ports[0]: Unsupported value: \"Cork\": supported values: \"Aden\", \"Brest\"\n"
                         "draught: Invalid value: 3.5: must be less than or equal to 3\n");
}

TEST_CASE("sizes are counted in characters and elements") {
    auto s = sound_ship();
    s.masts.assign(4, mast_of("a", 5));
    for (auto i = 0; i < 4; ++i) s.masts[static_cast<std::size_t>(i)].height += i;
    s.spares["x"] = mast_of("x", 5);
    s.code = "a1b2c3";
    CHECK(problems(s) == "masts: Too many: 4: must have at most 3 items\n"
                         "spares: Too few: 1: must have at least 2 items\n"
                         "code: Too long: may not be more than 4 characters\n"
                         "code: Invalid value: \"a1b2c3\": should match '^(?:[a-z]\\d){2}$'\n");
    s = sound_ship();
    s.code = "\xc3\xa9";
    CHECK(problems(s) == "code: Invalid value: \"\xc3\xa9\": must be at least 2 characters\n"
                         "code: Invalid value: \"\xc3\xa9\": should match '^(?:[a-z]\\d){2}$'\n");
}

TEST_CASE("elements of a set or map are each there once") {
    auto s = sound_ship();
    s.ports = {"Aden", "Brest", "Aden"};
    s.masts.assign(2, mast_of("main", 5, "oak"));
    s.masts[1].wood = "pine";
    s.masts.push_back(mast_of("main", 6));
    CHECK(problems(s) == "masts[1]: Duplicate value: {\"name\":\"main\",\"height\":5}\n"
                         "ports[2]: Duplicate value: \"Aden\"\n");
}

TEST_CASE("what is immutable stays, in elements with the same keys too") {
    auto before = sound_ship();
    before.home = "Oslo";
    before.masts.push_back(mast_of("fore", 5, "oak"));
    before.masts.push_back(mast_of("main", 6, "oak"));
    before.spares["a"] = mast_of("a", 5, "oak");
    before.spares["b"] = mast_of("b", 5, "oak");
    auto now = before;
    now.masts.erase(now.masts.begin());
    now.rig = "ketch";
    CHECK(problems(now, before).empty());
    now.home = "Bergen";
    now.masts[0].wood = "pine";
    now.spares["b"].wood = "pine";
    CHECK(problems(now, before) == "masts[0].wood: Invalid value: \"pine\": field is immutable\n"
                                   "spares[b].wood: Invalid value: \"pine\": field is immutable\n"
                                   "home: Invalid value: \"Bergen\": field is immutable\n");
}

TEST_CASE("a pattern that is no expression is told") {
    auto c = coin{};
    c.face = "head";
    auto errors = api::field_errors();
    api::check_schema(c, api::field_path("coin"), errors);
    CHECK(told(errors) == "coin.face: Internal error: not a regular expression: ((\n");
}

TEST_CASE("the server checks kinds without checks of their own against their description") {
    auto d = yard::desk();
    auto p = yard::pier();
    p.metadata.name = "long";
    p.wood = "ash";
    auto const refused = api::create(d.server, p);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == error_code::invalid);
    CHECK(refused.error().message ==
          "Pier \"long\" is invalid: wood: Unsupported value: \"ash\": supported values: \"oak\", \"pine\"");
    p.wood = "oak";
    REQUIRE(api::create(d.server, p));
    p.wood = "pine";
    auto const changed = api::update(d.server, p, 0);
    REQUIRE_FALSE(changed);
    CHECK(changed.error().message ==
          "Pier \"long\" is invalid: wood: Invalid value: \"pine\": field is immutable");
}

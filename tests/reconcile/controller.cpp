/// \file
/// What makes a controller, and which kinds and indexes one has to do with.

#include "things.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using namespace things;
using reconcile::kinds;

namespace {

/// A third kind: what others look at.
struct palette {
    static constexpr object::resource_name resource{"test", "v1", "Palette", "palettes", "palette", true};
    object::meta metadata;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(palette, "", (metadata))
};
/// A fourth one: what plans write besides.
struct brush {
    static constexpr object::resource_name resource{"test", "v1", "Brush", "brushes", "brush", true};
    object::meta metadata;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(brush, "", (metadata))
};

struct minimal {
    static constexpr std::string_view name = "minimal";
    using reconciles = group;
    auto reconcile(snapshot const&, key const&) const -> plan { return {}; }
};

/// Says all that can be said, and some of it twice.
struct outspoken : minimal {
    using owns = kinds<item, group>;
    using watches = kinds<palette, item>;
    using reads = kinds<palette>;
    using writes = kinds<item, brush>;
    auto keys_for(snapshot const&, palette const&) const -> std::vector<key> { return {{"default", "g"}}; }
    auto keys_for(snapshot const&, item const&) const -> std::vector<key> { return {}; }
    static auto indexes() -> std::vector<reconcile::index> {
        return {reconcile::index_of<item>("color", [](item const& i) { return i.color; })};
    }
};

struct nameless {
    using reconciles = group;
    auto reconcile(snapshot const&, key const&) const -> plan { return {}; }
};
struct of_no_kind {
    static constexpr std::string_view name = "of no kind";
    using reconciles = int;
    auto reconcile(snapshot const&, key const&) const -> plan { return {}; }
};
struct changes_itself {
    static constexpr std::string_view name = "changes itself";
    using reconciles = group;
    auto reconcile(snapshot const&, key const&) -> plan { return {}; }
};
struct answers_nothing : minimal {
    auto reconcile(snapshot const&, key const&) const -> void {}
};
/// Its memory cannot be compared.
struct forgetful : minimal {
    struct memory {};
    auto reconcile(snapshot const&, key const&, memory const&) const -> reconcile::decision<memory> {
        return {};
    }
};

} // namespace

TEST_CASE("a controller has a name, a kind, and a function that changes nothing") {
    STATIC_REQUIRE(reconcile::controller<minimal>);
    STATIC_REQUIRE(reconcile::controller<outspoken>);
    STATIC_REQUIRE(reconcile::controller<patient>);
    STATIC_REQUIRE_FALSE(reconcile::controller<nameless>);
    STATIC_REQUIRE_FALSE(reconcile::controller<of_no_kind>);
    STATIC_REQUIRE_FALSE(reconcile::controller<changes_itself>);
    STATIC_REQUIRE_FALSE(reconcile::controller<answers_nothing>);
    STATIC_REQUIRE_FALSE(reconcile::controller<forgetful>);
}

TEST_CASE("the kinds that a controller sees are named once, its own first; it writes those and more") {
    using types = std::vector<object::type_info const*>;
    auto const& groups = object::type_of<group>();
    auto const& items = object::type_of<item>();
    auto const& palettes = object::type_of<palette>();
    CHECK(reconcile::kinds_seen<minimal>() == types{&groups});
    CHECK(reconcile::kinds_written<minimal>() == types{&groups});
    CHECK(reconcile::kinds_seen<outspoken>() == types{&groups, &items, &palettes});
    CHECK(reconcile::kinds_written<outspoken>() ==
          types{&groups, &items, &palettes, &object::type_of<brush>()});
}

TEST_CASE("a controller has the indexes that it names, and none otherwise") {
    CHECK(reconcile::indexes_of<minimal>().empty());
    auto const named = reconcile::indexes_of<outspoken>();
    REQUIRE(named.size() == 1);
    auto world = reconcile::table(object::type_of<item>());
    world.add_index(named[0]);
    world.put({make_item("a", nullptr, "blue"), 1});
    CHECK(world.where("color", "blue").size() == 1);
    CHECK(world.where("color", "red").empty());
}

TEST_CASE("a decision is a plan and what is remembered, and equal if both are") {
    auto const seen = patient::memory{time_point::from_unix_seconds(7)};
    auto waits = reconcile::decision<patient::memory>();
    CHECK(waits == reconcile::decision<patient::memory>());
    waits.memory = seen;
    CHECK(waits != reconcile::decision<patient::memory>());
    auto acts = waits;
    acts.plan.look_again(seconds(1));
    CHECK(acts != waits);
}

/// \file
/// Subresources as data: what can be asked of each sort, and the scale of an object.

#include "kinds.hpp"

#include <berth/api/subresource.hpp>
#include <berth/object/field_of.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <variant>

using namespace yard;
using api::verb;
using api::verb_list;

namespace {

constexpr auto seats_of = [](boat const& b) {
    return api::scale_state{b.spec.seats, b.status.seated, "app=x"};
};
constexpr auto set_seats = [](boat& b, std::int32_t n) { b.spec.seats = n; };

using subresource = api::subresource_of<boat>;

auto scale_of_boats() -> api::subresource {
    return subresource(api::scale_subresource<seats_of, set_seats, boat>());
}

} // namespace

TEST_CASE("each sort of subresource has its verbs") {
    auto const& status = object::field_of(&boat::status);
    CHECK(subresource(api::part_of<boat>{.name = "status", .member = &status}).verbs ==
          verb_list{verb::get, verb::patch, verb::update});
    CHECK(subresource(api::part_of<boat>{.name = "finalize"}).verbs == verb_list{verb::update});
    CHECK(subresource(api::part_of<boat>{.name = "sails", .readable = true}).verbs ==
          verb_list{verb::get, verb::patch, verb::update});
    CHECK(scale_of_boats().verbs == verb_list{verb::get, verb::patch, verb::update});
    auto const action = subresource(api::action_of<boat>{"mooring", &object::type_of<mooring>(), &moor});
    CHECK(action.verbs == verb_list{verb::create});
    CHECK(action.shown_as == &mooring::resource);
    auto const log = subresource(api::log_subresource());
    CHECK(log.verbs == verb_list{verb::get});
    CHECK(log.shown_as == nullptr);
    CHECK(std::get<api::stream_subresource>(log.does).content == api::stream_content::log);
}

TEST_CASE("subresources of a list are erased in their order") {
    CHECK(api::subresource_list<boat>().erased().empty());
    auto const all =
        api::subresource_list<boat>{api::part_of<boat>{.name = "sails"}, api::log_subresource(),
                                    api::action_of<boat>{"mooring", &object::type_of<mooring>(), &moor}};
    REQUIRE(all.erased().size() == 3);
    CHECK(all.erased()[0].name == "sails");
    CHECK(std::holds_alternative<api::stream_subresource>(all.erased()[1].does));
    CHECK(all.erased()[2].shown_as == &mooring::resource);
}

TEST_CASE("a subresource has the verbs it names and no other") {
    auto const s = scale_of_boats();
    CHECK(s.has_verb(verb::patch));
    CHECK_FALSE(s.has_verb(verb::create));
    CHECK_FALSE(s.has_verb(verb::remove));
    CHECK_FALSE(api::subresource{}.has_verb(verb::get));
}

TEST_CASE("a scale shows what is wanted and what is there") {
    auto const scale = std::get<api::projection>(scale_of_boats().does);
    auto b = make_boat("a", "red", 4);
    b.status.seated = 3;
    auto const shown = scale.read(&b);
    REQUIRE(&shown->type() == scale.type);
    auto const& seen = shown->as<api::scale>();
    CHECK(seen.spec.replicas == 4);
    CHECK(seen.status.replicas == 3);
    CHECK(seen.status.selector == "app=x");
    CHECK(seen.metadata.name.empty()); // the metadata are put in by who reads the object
}

TEST_CASE("a scale sets what is wanted, but no negative number") {
    auto const scale = std::get<api::projection>(scale_of_boats().does);
    auto b = make_boat("a", "red", 4);
    auto asked = api::scale();
    asked.status.replicas = 99;
    auto errors = api::field_errors();
    scale.write(&b, &asked, errors);
    CHECK(errors.empty());
    CHECK(b.spec.seats == 0);
    CHECK(b.status.seated == 0);
    b.spec.seats = 4;
    asked.spec.replicas = -1;
    scale.write(&b, &asked, errors);
    CHECK(b.spec.seats == 4);
    REQUIRE(errors.causes().size() == 1);
    CHECK(errors.causes().front().field == "spec.replicas");
}

TEST_CASE("the table of a scale has a name, two numbers and an age") {
    auto const scale = std::get<api::projection>(scale_of_boats().does);
    auto const now = time_point::from_unix_seconds(1'000'000);
    auto s = api::scale();
    s.metadata.name = "a";
    s.metadata.creation_timestamp = object::timestamp(now - minutes(5));
    s.spec.replicas = 4;
    s.status.replicas = 3;
    auto row = std::vector<api::cell>();
    for (auto const& c : scale.columns) row.push_back(c.value(&s, now));
    CHECK(row ==
          std::vector<api::cell>{std::string("a"), std::int64_t{4}, std::int64_t{3}, std::string("5m")});
    CHECK(scale.columns.front().format == "name");
}

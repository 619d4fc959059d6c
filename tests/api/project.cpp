/// \file
/// Objects as their subresources show them.

#include "http/harbour.hpp"

#include <berth/api/project.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace harbour;

TEST_CASE("a projection has the metadata that name its object, and no others") {
    auto const known = kinds();
    auto const& k = *known.find(boat::resource);
    auto const* const scale = k.find<api::projection>("scale");
    REQUIRE(scale != nullptr);
    auto b = boat{};
    b.metadata.name = "tern";
    b.metadata.namespace_ = "bay";
    b.metadata.uid = "u";
    b.metadata.labels["a"] = "b";
    b.spec.sails = 3;
    auto const shown = api::project(*scale, {object::any_object(b), 7});
    REQUIRE(shown);
    CHECK(shown->rev == 7);
    CHECK(&shown->object.type() == scale->type);
    CHECK(shown->object.metadata().where() == object::key{"bay", "tern"});
    CHECK(shown->object.metadata().uid == "u");
    CHECK(shown->object.metadata().labels.empty());
}

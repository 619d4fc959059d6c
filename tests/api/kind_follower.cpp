/// \file
/// Whoever follows a registry is asked about each kind once, and about those that come later.

#include "kinds.hpp"

#include <berth/api/kind_follower.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace yard;

namespace {

struct buoy {
    static constexpr object::resource_name resource{"yard", "v1", "Buoy", "buoys", "buoy", true};
    object::meta metadata;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(buoy, "yard.v1.Buoy", (metadata))
};

/// Looks, takes all kinds or none, and answers whom it was asked about.
auto asked_by(api::kind_follower& f, bool take = true) -> std::vector<std::string_view> {
    auto out = std::vector<std::string_view>();
    f.look([&](api::kind const& k) {
        out.push_back(k.resource->plural);
        return take;
    });
    return out;
}

} // namespace

TEST_CASE("each kind is taken once, and new ones when they come") {
    auto kinds = api::registry();
    kinds.add(api::kind_of<boat>{});
    auto const shared = api::shared_registry(std::move(kinds));
    auto f = api::kind_follower(shared);
    CHECK(asked_by(f) == std::vector<std::string_view>{"boats"});
    CHECK(asked_by(f).empty());
    shared.change([](api::registry& r) { r.add(api::kind_of<buoy>{}); });
    CHECK(asked_by(f) == std::vector<std::string_view>{"buoys"});
    CHECK(f.types() ==
          std::vector<object::type_info const*>{&object::type_of<boat>(), &object::type_of<buoy>()});
    CHECK(f.known().find(buoy::resource) != nullptr);
}

TEST_CASE("a kind that is not taken is asked about again after a change") {
    auto kinds = api::registry();
    kinds.add(api::kind_of<boat>{});
    auto const shared = api::shared_registry(std::move(kinds));
    auto f = api::kind_follower(shared);
    CHECK(asked_by(f, false).size() == 1);
    CHECK(f.types().empty());
    CHECK(asked_by(f).empty());
    shared.change([](api::registry& r) { r.remove(boat::resource); });
    CHECK(asked_by(f).empty());
    CHECK(f.known().find(boat::resource) == nullptr);
}

/// \file
/// What can be said with a request: nothing said means nothing unusual, and events have the names of the
/// wire.

#include <berth/api/options.hpp>

#include <catch2/catch_test_macros.hpp>

#include <utility>

using namespace berth;
using kind = api::watch_event::kind;

TEST_CASE("the names of events are those of the wire") {
    for (auto const& [type, name] :
         {std::pair{kind::added, "ADDED"}, std::pair{kind::modified, "MODIFIED"},
          std::pair{kind::deleted, "DELETED"}, std::pair{kind::bookmark, "BOOKMARK"}})
        CHECK(to_string(type) == name);
    CHECK(to_string(static_cast<kind>(9)).empty());
}

TEST_CASE("who says nothing changes whatever is there, for good, in the usual way") {
    auto const update = api::update_options();
    CHECK_FALSE(update.dry_run);
    CHECK(update.validation == api::field_validation::ignore);
    CHECK(update.expected == 0);
    CHECK(update.subresource.empty());
    CHECK(api::patch().type == api::patch_type::merge);
    CHECK_FALSE(api::patch_options().force);
    auto const removal = api::delete_options();
    CHECK_FALSE(removal.grace_period_seconds); // the kind decides, which 0 would not let it
    CHECK_FALSE(removal.policy);
    CHECK(removal.expected_uid.empty());
    CHECK(api::list_options().limit == 0);
    CHECK_FALSE(api::watch_options().allow_bookmarks);
    CHECK_FALSE(api::watch_options().send_initial_events);
}

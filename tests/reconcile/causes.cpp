/// \file
/// Why a key is looked at.

#include "things.hpp"

#include <berth/reconcile/causes.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>

using namespace things;
using reconcile::cause;
using reconcile::causes;
using reconcile::trigger;

namespace {

auto at(object::any_object o, object::revision rev) -> object::object_ref { return {std::move(o), rev}; }

auto blue_item() -> object::any_object {
    auto i = make_item("a", nullptr, "blue");
    i.metadata.labels["tier"] = "web";
    return object::any_object(i);
}

} // namespace

TEST_CASE("causes merge, and each is told by its name") {
    auto c = causes();
    CHECK(c.empty());
    CHECK(c.to_string().empty());
    c.merge(cause::owned);
    c.merge(cause::created);
    c.merge(cause::owned);
    CHECK(c.has(cause::created));
    CHECK_FALSE(c.has(cause::failed));
    CHECK(c.to_string() == "created, owned");
    CHECK(causes(cause::asked).to_string() == "asked");
    CHECK(causes(cause::own_write).to_string() == "own write");
    CHECK(causes(cause::put_off).to_string() == "put off");
}

TEST_CASE("a cause says its source, what happened to it, from which revision to which, and what changed") {
    auto const red = object::any_object(make_item("a"));
    auto const o = trigger{cause::owned, at(red, 5), at(blue_item(), 7)};
    CHECK(o.changed_paths() == std::vector<std::string>{"metadata.labels.tier", "color"});
    CHECK(o.changed_paths(1) == std::vector<std::string>{"metadata.labels.tier"});
    CHECK(o.to_string() == "owned: updated items default/a, revision 5 to 7 (metadata.labels.tier, color)");
    CHECK(trigger{cause::created, {}, at(red, 5)}.to_string() == "created items default/a, revision 5");
    CHECK(trigger{cause::watched, at(red, 5), {}}.to_string() ==
          "watched: deleted items default/a, revision 5");
    CHECK(trigger{cause::updated, at(red, 5), at(red, 6)}.to_string() ==
          "updated items default/a, revision 5 to 6 (nothing)");
    CHECK(trigger{cause::created, {}, at(red, 5)}.changed_paths().empty());
}

TEST_CASE("a set of causes is bounded, and says how many it does not keep") {
    auto c = causes(cause::asked);
    auto const red = object::any_object(make_item("a"));
    for (auto rev = object::revision{1}; rev <= 20; ++rev)
        c.merge(causes(trigger{cause::watched, {}, at(red, rev)}, false));
    CHECK(c.what.size() == causes::most);
    CHECK(c.what.front().after.rev == 1);
    CHECK(c.more == 20 - causes::most);
    auto d = c;
    d.merge(c);
    CHECK(d.what.size() == causes::most);
    CHECK(d.more == 2 * c.more + causes::most);
    constexpr auto greatest = std::numeric_limits<std::uint32_t>::max();
    d.more = greatest - 1;
    d.merge(c);
    CHECK(d.more == greatest);
}

TEST_CASE("what was found when the caches began is no news, and anything else is") {
    auto const red = object::any_object(make_item("a"));
    auto c = causes(trigger{cause::created, {}, at(red, 1)}, true);
    c.merge(causes(trigger{cause::owned, {}, at(red, 1)}, true));
    CHECK_FALSE(c.news);
    CHECK_FALSE(causes().news);
    c.merge(causes(trigger{cause::created, {}, at(red, 2)}, false));
    CHECK(c.news);
    CHECK(causes(cause::asked).news);
}

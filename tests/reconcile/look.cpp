/// \file
/// Why a controller did what it did, and why it did nothing, in words.

#include "things.hpp"

#include <berth/reconcile/look.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace things;
using reconcile::key_status;
using reconcile::look;
using reconcile::step_outcome;

namespace {

constexpr auto start = time_point::from_unix_seconds(1'000'000);

auto some_look() -> look {
    auto out =
        look{{"default", "web"}, start, {}, {}, reconcile::look_outcome::failed, {}, "no more room", {}, {}};
    out.why = reconcile::cause::owned;
    out.why.merge(reconcile::causes(
        reconcile::trigger{reconcile::cause::owned, {}, {object::any_object(make_item("a")), 3}}, false));
    out.why.more = 2;
    out.steps = {{"create items default/web-", step_outcome::done, ""},
                 {"create items default/web-", step_outcome::failed, "no more room"},
                 {"delete items default/a", step_outcome::skipped, ""}};
    out.next = start + milliseconds(40);
    return out;
}

} // namespace

TEST_CASE("a look is told with its causes, its steps, and its end") {
    CHECK(some_look().to_string() == "default/web: failed: no more room\n"
                                     "  because: owned\n"
                                     "    owned: created items default/a, revision 3\n"
                                     "    and 2 more\n"
                                     "  done: create items default/web-\n"
                                     "  failed: create items default/web-: no more room\n"
                                     "  skipped: delete items default/a\n"
                                     "  looks again in 0.04 s\n");
}

TEST_CASE("every end and every fate of a step has a name") {
    auto seen = std::vector<std::string_view>();
    for (auto e = 0; e <= static_cast<int>(reconcile::look_outcome::not_leading); ++e)
        seen.push_back(to_string(static_cast<reconcile::look_outcome>(e)));
    for (auto const name : seen) CHECK(std::count(seen.begin(), seen.end(), name) == 1);
    CHECK(seen.back() == "not leading");
    CHECK(reconcile::to_string(step_outcome::cut) == "cut");
}

TEST_CASE("how a key stands is told with the reason first") {
    auto a = key_status();
    CHECK(a.to_string() == "the caches have not seen everything yet\n");
    a.synced = true;
    CHECK(a.to_string() == "nobody has asked for it\n");
    a.queue.waiting = true;
    CHECK(a.to_string() == "it waits for its turn\n");
    a.queue = {};
    a.waits_for = {{reconcile::reference(object::any_object(make_item("a"))), 7, false}};
    CHECK(a.to_string() == "it is held back until the caches show its own writes\n"
                           "  waits to see items default/a at revision 7\n");
    a.waits_for.clear();
    a.queue.due = start + milliseconds(40);
    a.queue.failures = 3;
    a.last = some_look();
    CHECK(a.to_string().starts_with("it backs off, until 0.04 s after its last look\n"
                                    "it has failed 3 times in a row\n"
                                    "its last look: default/web: failed: no more room\n"));
}

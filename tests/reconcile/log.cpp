/// \file
/// Lines of logs.

#include "things.hpp"

#include <berth/reconcile/log.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace things;
using reconcile::log_entry;
using reconcile::log_level;
using reconcile::look;

namespace {

auto const when = time_point::from_unix_seconds(1'767'225'600) + milliseconds(250);

} // namespace

TEST_CASE("an event is a line of logfmt, with quotes where they are needed") {
    auto const e = log_entry{
        when,
        log_level::info,
        "carried out",
        {{"controller", "group"}, {"namespace", ""}, {"error", "say \"no\"\n"}, {"duration", "0.5"}}};
    CHECK(to_logfmt(e) == "ts=2026-01-01T00:00:00.250000Z level=info msg=\"carried out\" controller=group "
                          "namespace=\"\" error=\"say \\\"no\\\"\\n\" duration=0.5");
    CHECK(to_logfmt(log_entry{when, log_level::error, "a=b", {}}) ==
          "ts=2026-01-01T00:00:00.250000Z level=error msg=\"a=b\"");
}

TEST_CASE("an event is a line of JSON") {
    auto const e = log_entry{when, log_level::warning, "unclear", {{"name", "a\nb"}}};
    CHECK(to_json(e) ==
          R"({"ts":"2026-01-01T00:00:00.250000Z","level":"warning","msg":"unclear","name":"a\nb"})");
}

TEST_CASE("of a look there is to say who looked at what, how it ended, why, and for how long") {
    auto l = look{{"default", "web"},
                  when,
                  milliseconds(20),
                  reconcile::cause::owned,
                  reconcile::look_outcome::failed,
                  {},
                  "no room",
                  {},
                  when + seconds(5)};
    l.steps = {{"create items default/web-", reconcile::step_outcome::done, ""},
               {"create items default/web-", reconcile::step_outcome::failed, "no room"}};
    auto const e = entry_of("group", l);
    CHECK(e.level == log_level::error);
    CHECK(to_logfmt(e) == "ts=2026-01-01T00:00:00.250000Z level=error msg=failed controller=group "
                          "namespace=default name=web duration=0.02 causes=owned steps=1/2 error=\"no room\" "
                          "next=5");
    l.end = reconcile::look_outcome::nothing_to_do;
    CHECK(entry_of("group", l).level == log_level::debug);
    l.end = reconcile::look_outcome::conflict;
    CHECK(entry_of("group", l).level == log_level::info);
    l.end = reconcile::look_outcome::unclear;
    CHECK(entry_of("group", l).level == log_level::warning);
}

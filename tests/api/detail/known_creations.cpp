/// \file
/// What the makers of objects own, known from objects that were made before.

#include "../kinds.hpp"

#include <berth/api/detail/known_creations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;
using namespace yard;

namespace {

auto draft_of(boat b) -> object::draft { return object::draft(object::any_object(std::move(b))); }
auto boat_called(std::string name) -> boat {
    auto b = boat();
    b.metadata.name = std::move(name);
    b.metadata.labels["app"] = b.metadata.name;
    return b;
}
auto entry_of(std::string manager, std::string fields = {}) -> object::managed_fields_entry {
    auto e = object::managed_fields_entry();
    e.manager = std::move(manager);
    e.operation = "Update";
    if (!fields.empty()) e.fields_v1 = object::shared_fields(std::move(fields));
    return e;
}

} // namespace

TEST_CASE("what is made like something before is known, by its maker alone") {
    auto all = api::detail::known_creations();
    auto const fields = object::field_set();
    CHECK_FALSE(all.find(draft_of(boat_called("a")), entry_of("me"), nullptr));
    all.keep(draft_of(boat_called("a")), entry_of("me", R"({"f:a":{}})"), nullptr);
    auto const found = all.find(draft_of(boat_called("b")), entry_of("me"), nullptr);
    REQUIRE(found);
    CHECK(found->fields_v1.text() == R"({"f:a":{}})");
    CHECK_FALSE(all.find(draft_of(boat_called("b")), entry_of("you"), nullptr));
    CHECK_FALSE(all.find(draft_of(boat_called("b")), entry_of("me"), &fields));
    auto more = boat_called("c");
    more.metadata.labels["tier"] = "back";
    CHECK_FALSE(all.find(draft_of(more), entry_of("me"), nullptr));
}

TEST_CASE("few are remembered, those that were found last") {
    auto all = api::detail::known_creations();
    auto const with = [](int n) {
        auto b = boat_called("a");
        b.metadata.labels["l" + std::to_string(n)] = "";
        return draft_of(b);
    };
    for (auto n = 0; n < 200; ++n) {
        all.keep(with(n), entry_of("me", R"({"f:a":{}})"), nullptr);
        CHECK(all.find(with(0), entry_of("me"), nullptr));
    }
    CHECK(all.size() == 32);
    CHECK(all.find(with(199), entry_of("me"), nullptr));
    CHECK_FALSE(all.find(with(1), entry_of("me"), nullptr));
}

TEST_CASE("whoever makes several alike owns the same of each, as of its own time") {
    auto d = desk();
    auto const made = [&](std::string name) {
        auto o = api::create_options{};
        o.field_manager = "shipyard";
        auto b = boat_called(std::move(name));
        b.metadata.namespace_ = "bay";
        auto const done = api::create(d.server, std::move(b), o);
        REQUIRE(done.has_value());
        auto const& entries = (*done)->metadata.managed_fields;
        REQUIRE(entries.size() == 1);
        return entries[0];
    };
    auto const a = made("a");
    d.clock.advance(seconds(5));
    auto const b = made("b");
    CHECK(a.fields_v1.same(b.fields_v1));
    CHECK(a.time->time() + seconds(5) == b.time->time());
    CHECK(a.manager == b.manager);
    CHECK(a.fields_v1.text() ==
          R"({"f:metadata":{"f:labels":{".":{},"f:app":{}}},"f:spec":{".":{},"f:color":{}}})");
}

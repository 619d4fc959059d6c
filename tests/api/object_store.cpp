/// \file
/// The store of a server: of objects or of their documents, behind one type.

#include "kinds.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/object_store.hpp>
#include <berth/object/arbitrary.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace yard;

namespace {

/// The next version of a boat, in which little or much is another.
auto next_boat(random_engine& draw, object::any_object const& from) -> object::any_object {
    auto d = object::draft(from);
    auto& b = d.as<boat>();
    auto const other = object::arbitrary<boat>(draw, {.rarity = 2, .depth = 5});
    if (draw.below(9) == 0) b.spec = other.spec;
    if (draw.below(3) == 0) b.metadata.annotations = other.metadata.annotations;
    if (draw.below(3) == 0) b.metadata.managed_fields = other.metadata.managed_fields;
    if (draw.below(3) == 0) b.unknown = other.unknown;
    b.spec.seats = static_cast<std::int32_t>(draw.below(9));
    return std::move(d).finish();
}
auto text_of(object::any_object const& o) -> std::string { return object::to_json_text(o.as<boat>()); }

} // namespace

TEST_CASE("a server keeps objects, or their documents, and nothing else") {
    STATIC_REQUIRE(api::stores_objects<api::memory_store>);
    STATIC_REQUIRE(api::stores_objects<store::memory<std::string>>);
    STATIC_REQUIRE(api::stores_objects<api::object_store>);
    STATIC_REQUIRE_FALSE(api::stores_objects<store::memory<int>>);
    STATIC_REQUIRE_FALSE(api::stores_objects<std::string>);
}

TEST_CASE("behind the one type both are the store that was given, by reference") {
    auto const b = object::any_object(make_boat("a", "red"));
    auto values = api::memory_store();
    auto of_values = api::objects_in(values, kinds());
    REQUIRE(store::put(of_values, "a", b));
    CHECK(values.revision() == 2);
    CHECK(&store::get(of_values, "a")->value().as<boat>() == &b.as<boat>()); // no copy is made
    auto texts = store::memory<std::string>();
    auto of_texts = api::objects_in(texts, kinds());
    REQUIRE(store::put(of_texts, "a", b));
    CHECK(store::get(texts, "a")->value().starts_with("{\"kind\":\"Boat\""));
    CHECK(store::get(of_texts, "a")->value().as<boat>().spec.color == "red");
    CHECK(of_texts.revision() == texts.revision());
}

TEST_CASE("objects that were superseded are read as they were written") {
    auto s = api::memory_store({.whole_changes = 0});
    auto draw = random_engine(1);
    auto written = std::vector<std::string>{"", ""};
    auto boats = std::vector<object::any_object>(3, make_boat("a"));
    for (auto n = std::size_t{0}; n < 300; ++n) {
        auto& b = boats[n % 3];
        b = next_boat(draw, b);
        written.push_back(text_of(b));
        REQUIRE(store::put(s, std::to_string(n % 3), b));
    }
    auto c = s.watch({.range_end = std::string{store::unbounded}, .start = 1, .want_previous = true}).value();
    auto seen = std::size_t{2};
    for (auto batch = c.next(10).value(); !batch.empty(); batch = c.next(10).value()) {
        for (auto const& e : batch) {
            REQUIRE(text_of(e.kv.value()) == written[seen]);
            REQUIRE((e.previous ? text_of(e.previous.value()) : "") == (seen < 5 ? "" : written[seen - 3]));
            auto const at = static_cast<store::revision_number>(seen);
            auto const read = s.range({.key = std::string(e.kv.key()), .revision = at}).value();
            REQUIRE(text_of(read.kvs.front().value()) == written[seen]);
            ++seen;
        }
    }
    CHECK(seen == written.size());
    auto const first = [&] { return s.range({.key = "0", .revision = 2})->kvs.front(); };
    CHECK_FALSE(first().value().same(first().value())); // it was put aside
}

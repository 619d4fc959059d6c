/// \file
/// What caches keep of objects.

#include "things.hpp"
#include "toy_api.hpp"

#include <berth/reconcile/cache.hpp>
#include <berth/reconcile/transform.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>

using namespace things;

namespace {

auto big_group() -> group {
    auto g = make_group("g", 7, "blue");
    g.metadata.labels["app"] = "web";
    g.metadata.managed_fields.emplace_back().manager = "somebody";
    g.status.count = 3;
    return g;
}

} // namespace

TEST_CASE("metadata alone is kept without managed fields") {
    auto const whole = object::any_object(big_group());
    auto const kept = reconcile::keep_metadata()(whole);
    CHECK(kept.type().name == whole.type().name);
    auto wanted = big_group().metadata;
    wanted.managed_fields.clear();
    CHECK(kept.metadata() == wanted);
    CHECK(kept.as<group>().spec == decltype(group::spec)());
    CHECK(reconcile::keep_metadata()(kept) == kept);
}

TEST_CASE("fields are kept by their paths, the others are zero") {
    auto const keep = reconcile::keep_fields(object::type_of<group>(), {"spec.size", "status"}).value();
    auto const kept = keep(object::any_object(big_group()));
    CHECK(kept.as<group>().spec.size == 7);
    CHECK(kept.as<group>().spec.color.empty());
    CHECK(kept.as<group>().status == big_group().status);
    CHECK(kept.metadata().managed_fields.empty());
    CHECK(keep(kept) == kept);
    auto const other = object::any_object(make_item("i"));
    CHECK(keep(other).same(other));
}

TEST_CASE("paths that lead nowhere are refused") {
    for (auto const* const path : {"", "spec.sizes", "spec.size.more", "metadata.labels.app"})
        CHECK(reconcile::keep_fields(object::type_of<group>(), {path}).error().code ==
              error_code::bad_request);
}

TEST_CASE("a function makes of an object of its kind what is kept, or nothing") {
    auto const keep = reconcile::transform_of<item>([](item const& i) -> std::optional<item> {
        if (i.color == "grey") return std::nullopt;
        auto out = make_item(i.metadata.name);
        out.color = "any";
        return out;
    });
    CHECK(keep(object::any_object(make_item("a", nullptr, "red"))).as<item>().color == "any");
    CHECK_FALSE(keep(object::any_object(make_item("a", nullptr, "grey"))));
    auto const other = object::any_object(make_group("g", 1));
    CHECK(keep(other).same(other));
    auto const always = reconcile::transform_of<item>([](item i) { return i; });
    CHECK(always(object::any_object(make_item("a"))) == object::any_object(make_item("a")));
}

TEST_CASE("a cache of metadata follows as any other does") {
    auto api = toy_api();
    api.put(big_group());
    auto c = reconcile::cache<group>(api, {}, {.transform = reconcile::keep_metadata()});
    while (c.step({}) == wake::again()) {}
    CHECK(c.get({"default", "g"})->metadata.labels.get("app") == "web");
    CHECK(c.get({"default", "g"})->spec.size == 0);
    auto changed = big_group();
    changed.metadata.labels["app"] = "shop";
    api.put(changed);
    while (c.step({}) == wake::again()) {}
    CHECK(c.get({"default", "g"})->metadata.labels.get("app") == "shop");
}

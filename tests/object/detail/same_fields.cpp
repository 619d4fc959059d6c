/// \file
/// Values that have the same fields, whatever they hold.

#include <berth/core/random.hpp>
#include <berth/object/apply.hpp>
#include <berth/object/detail/same_fields.hpp>
#include <berth/object/meta.hpp>
#include <berth/object/reflect.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace berth;

namespace {

struct crate {
    std::string name;
    std::string color;
    std::int32_t size = 0;
    std::vector<std::string> marks;
    std::vector<std::string> stamps;
    BERTH_DESCRIBE(crate, "test.v1.Crate", (name), (color, .always = true), (size),
                   (marks, .topology = object::merge_topology::set), (stamps))
};

struct cart {
    static constexpr object::resource_name resource{"test", "v1", "Cart", "carts", "cart", true};
    object::meta metadata;
    object::list<crate> crates;
    object::boxed<crate> box;
    object::string_map notes;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(cart, "test.v1.Cart", (metadata),
                   (crates, .topology = object::merge_topology::map, .list_keys = "name"), (box), (notes))
};

auto crate_called(std::string name) -> crate { return {std::move(name), "red", 1, {"a"}, {"x"}}; }

auto full() -> cart {
    auto c = cart();
    c.metadata.name = "one";
    c.metadata.labels["app"] = "web";
    c.crates = {crate_called("left"), crate_called("right")};
    c.box = crate_called("box");
    c.notes["to"] = "me";
    return c;
}

auto same(cart const& a, cart const& b) -> bool {
    return object::detail::same_fields_walk().same(object::type_of<cart>(), &a, &b);
}
/// What the maker of a cart owns.
auto owned(cart const& c) -> object::field_set {
    auto const none = cart();
    auto const change = object::compare_fields(object::type_of<cart>(), &none, &c);
    return change.added | change.modified;
}

using change = void (*)(cart&);
constexpr change changes[] = {
    [](cart& c) { c.metadata.name = "two"; },
    [](cart& c) { c.metadata.labels["app"] = "db"; },
    [](cart& c) { c.metadata.labels["tier"] = "back"; },
    [](cart& c) { c.metadata.labels.clear(); },
    [](cart& c) { c.crates[0].size = 7; },
    [](cart& c) { c.crates[0].size = 0; },
    [](cart& c) { c.crates[0].color.clear(); },
    [](cart& c) { c.crates[0].marks = {"b"}; },
    [](cart& c) { c.crates[0].stamps = {"y", "z"}; },
    [](cart& c) { c.crates[0].name = "middle"; },
    [](cart& c) { c.crates.push_back(crate_called("third")); },
    [](cart& c) { c.crates.push_back(crate_called("left")); },
    [](cart& c) { std::swap(c.crates[0], c.crates[1]); },
    [](cart& c) { c.crates.pop_back(); },
    [](cart& c) { c.box.reset(); },
    [](cart& c) { c.box = crate(); },
    [](cart& c) { c.box->color = "green"; },
    [](cart& c) { c.notes["to"] = "you"; },
    [](cart& c) { c.notes.clear(); },
};

} // namespace

TEST_CASE("what fields hold is of no account, which there are is") {
    auto const differs = [](change how) {
        auto other = full();
        how(other);
        return !same(full(), other);
    };
    CHECK(same(full(), full()));
    CHECK(same(cart(), cart()));
    CHECK_FALSE(differs([](cart& c) { c.metadata.name = "two"; }));
    CHECK_FALSE(differs([](cart& c) { c.metadata.labels["app"] = "db"; }));
    CHECK_FALSE(differs([](cart& c) { c.crates[0].size = 7; }));
    CHECK_FALSE(differs([](cart& c) { c.crates[0].stamps = {"y", "z"}; })); // owned as one
    CHECK_FALSE(differs([](cart& c) { c.box->name = "other"; }));
    CHECK(differs([](cart& c) { c.metadata.labels["tier"] = "back"; }));
    CHECK(differs([](cart& c) { c.crates[0].size = 0; }));
    CHECK(differs([](cart& c) { c.crates[0].marks = {"b"}; })); // each owned by itself
    CHECK(differs([](cart& c) { c.crates[0].name = "middle"; }));
    CHECK(differs([](cart& c) { c.box.reset(); }));
    CHECK(differs([](cart& c) { c.unknown.engage()["more"] = {"1"}; }));
}

TEST_CASE("who made what has the same fields owns the same") {
    auto draw = random_engine(1);
    auto alike = 0;
    for (auto n = 0; n < 3'000; ++n) {
        auto a = full();
        auto b = full();
        auto const change_some = [&](cart& c) {
            for (auto left = draw.below(3); left > 0; --left)
                if (c.crates.size() > 1 && c.box) changes[draw.below(std::size(changes))](c);
        };
        change_some(a);
        b = draw.below(2) == 0 ? a : b;
        change_some(b);
        if (!same(a, b)) continue;
        ++alike;
        INFO("case " << n);
        REQUIRE(owned(a) == owned(b));
    }
    CHECK(alike > 500);
}

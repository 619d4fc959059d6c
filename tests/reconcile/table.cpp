/// \file
/// Tables and their indexes against plain maps.

#include "things.hpp"

#include <berth/core/random.hpp>
#include <berth/reconcile/table.hpp>

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <set>
#include <string>

using namespace things;
using reconcile::table;

namespace {

auto names(auto const& objects) -> std::set<std::string> {
    auto out = std::set<std::string>();
    for (auto const o : objects) out.insert(o->metadata.name);
    CHECK(out.size() == objects.size());
    return out;
}

/// An item found under each letter of its color.
auto by_letter() -> reconcile::index {
    return reconcile::index_of<item>("letter", [](item const& i) {
        auto out = std::vector<std::string>();
        for (auto const c : std::set<char>(i.color.begin(), i.color.end())) out.emplace_back(1, c);
        return out;
    });
}

} // namespace

TEST_CASE("objects are found by name, namespace, owner and named index") {
    auto t = table(object::type_of<item>());
    t.add_index(by_letter());
    auto const g = make_group("g", 1);
    t.put({make_item("a", &g, "red"), 1});
    t.put({make_item("b", nullptr, "blue"), 2});
    CHECK(t.find("default", "a")->rev == 1);
    CHECK(t.find("other", "a") == nullptr);
    CHECK(names(t.where<item>(reconcile::by_namespace, "default")) == std::set<std::string>{"a", "b"});
    CHECK(names(t.where<item>(reconcile::by_controller, "uid-of-g")) == std::set<std::string>{"a"});
    CHECK(names(t.where<item>("letter", "e")) == std::set<std::string>{"a", "b"});
    CHECK(names(t.where<item>("letter", "u")) == std::set<std::string>{"b"});
    CHECK(t.where<item>("letter", "z").empty());
}

TEST_CASE("an index that comes late knows what is there") {
    auto t = table(object::type_of<item>());
    t.put({make_item("a", nullptr, "red"), 1});
    t.put({make_item("b", nullptr, "blue"), 2});
    t.erase("default", "a");
    t.add_index(by_letter());
    CHECK(t.has_index("letter"));
    CHECK(names(t.where<item>("letter", "e")) == std::set<std::string>{"b"});
}

TEST_CASE("an index function may answer a text, an optional or a range") {
    auto t = table(object::type_of<item>());
    t.add_index(reconcile::index_of<item>("text", [](item const& i) { return i.color; }));
    t.add_index(reconcile::index_of<item>("optional", [](item const& i) {
        return i.color == "red" ? std::optional<std::string>("yes") : std::nullopt;
    }));
    t.put({make_item("a", nullptr, "red"), 1});
    t.put({make_item("b", nullptr, ""), 1});
    CHECK(names(t.where<item>("text", "")) == std::set<std::string>{"b"});
    CHECK(names(t.where<item>("optional", "yes")) == std::set<std::string>{"a"});
}

TEST_CASE("random histories of a table agree with a map") {
    for (auto seed = std::uint64_t{1}; seed <= 30; ++seed) {
        INFO("seed " << seed);
        auto draw = berth::random_engine(seed);
        auto t = table(object::type_of<item>());
        t.add_index(by_letter());
        auto expected = std::map<std::string, std::string>();
        constexpr std::string_view colors[] = {"a", "ab", "bc", "", "abc"};
        for (auto i = 0; i < 400; ++i) {
            auto const name = std::to_string(draw.below(40));
            if (draw.below(3) == 0) {
                auto const was = t.erase("default", name);
                REQUIRE(static_cast<bool>(was) == (expected.erase(name) == 1));
            } else {
                auto const color = std::string(colors[draw.below(5)]);
                t.put({make_item(name, nullptr, color), i});
                expected[name] = color;
            }
        }
        REQUIRE(t.size() == expected.size());
        for (auto const letter : {"a", "b", "c", "d"}) {
            auto wanted = std::set<std::string>();
            for (auto const& [name, color] : expected)
                if (color.find(letter) != std::string::npos) wanted.insert(name);
            REQUIRE(names(t.where<item>("letter", letter)) == wanted);
        }
        for (auto const o : t.all<item>()) REQUIRE(expected.at(o->metadata.name) == o->color);
    }
}

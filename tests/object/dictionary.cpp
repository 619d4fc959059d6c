/// \file
/// A sorted map from text.

#include <berth/object/dictionary.hpp>

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <random>
#include <string>

using map = berth::object::dictionary<int>;

TEST_CASE("entries are in the order of their keys, each once, the last value counts") {
    auto const m = map{{"b", 2}, {"a", 1}, {"c", 3}, {"b", 4}};
    REQUIRE(m.size() == 3);
    CHECK(m.at_index(0) == map::value_type{"a", 1});
    CHECK(m.at_index(1) == map::value_type{"b", 4});
    CHECK(m.at_index(2) == map::value_type{"c", 3});
    CHECK(m == map{{"c", 3}, {"b", 4}, {"a", 1}});
    CHECK_FALSE(m == map{{"a", 1}});
}

TEST_CASE("an entry is found, made or removed by its key") {
    auto m = map();
    CHECK(m.empty());
    CHECK(m.find("a") == nullptr);
    CHECK_FALSE(m.contains("a"));
    CHECK(m.get("a", 7) == 7);
    CHECK(m.get("a") == 0);
    CHECK(m.empty());
    m["a"] = 1;
    ++m["a"];
    CHECK(m.get("a", 7) == 2);
    *m.find("a") = 5;
    CHECK(m["a"] == 5);
    CHECK_FALSE(m.erase("b"));
    CHECK_FALSE(m.erase(""));
    CHECK(m.erase("a"));
    CHECK_FALSE(m.erase("a"));
    CHECK(m.empty());
    m[""] = 1;
    CHECK(m.contains(""));
    m.clear();
    CHECK(m.begin() == m.end());
}

TEST_CASE("a dictionary holds what a map of the standard library would") {
    auto m = map();
    auto model = std::map<std::string, int>();
    auto draw = std::mt19937(5);
    for (auto i = 0; i < 3'000; ++i) {
        auto const key = std::to_string(draw() % 60);
        if (draw() % 3 == 0) CHECK(m.erase(key) == (model.erase(key) == 1));
        else m[key] = model[key] = i;
    }
    REQUIRE(m.size() == model.size());
    auto at = m.begin();
    for (auto const& [key, value] : model) {
        CHECK(at->first == key);
        CHECK(at->second == value);
        CHECK(m.get(key) == value);
        ++at;
    }
}

/// \file
/// Whether a document states what a set has, against the set that is made of the document.

#include "../mast.hpp"

#include <berth/object/apply.hpp>
#include <berth/object/detail/stated_reader.hpp>
#include <berth/object/meta.hpp>

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace berth;
using object::field_set;
using object::merge_topology;

namespace {

using test::mast;

struct ship {
    static constexpr object::resource_name resource{"test", "v1", "Ship", "ships", "ship", true};
    object::meta metadata;
    std::string colour;
    std::vector<std::string> crew;
    std::vector<std::string> log;
    object::list<mast> masts;
    object::string_map cargo;
    object::boxed<mast> spare;
    object::boxed<object::raw_json> any;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(ship, "test.Ship", (metadata, .always = true), (colour),
                   (crew, .topology = merge_topology::set), (log),
                   (masts, .topology = merge_topology::map, .list_keys = "name,wood"), (cargo), (spare),
                   (any))
};

constexpr char const* documents[] = {
    R"({})",
    R"({"apiVersion":"test/v1","kind":"Ship"})",
    R"({"colour":"red","spare":{},"cargo":{}})",
    R"({"colour":null,"spare":null,"masts":null})",
    R"({"metadata":{"name":"a","namespace":"n","labels":{"x":"1","y":"2"}}})",
    R"({"crew":["b","a"],"log":["z","z"]})",
    R"({"crew":[],"masts":[]})",
    R"({"masts":[{"name":"main","height":3},{"name":"fore","wood":"fir"},{"name":"main","wood":"ash"}]})",
    R"({"spare":{"height":1,"name":"n"},"any":{"b":{"c":1,"d":{}},"a":[1]}})",
    R"({"any":3})",
    R"({"cargo":{"tea":"1","gold":null},"metadata":{"annotations":{"k":"v"}}})",
};

auto parsed(char const* text) -> boost::json::object { return boost::json::parse(text).get_object(); }

auto states(char const* text, field_set const& wanted, field_set const& never = {}) -> bool {
    return object::detail::stated_reader().states(object::type_of<ship>(), parsed(text), wanted, never);
}

auto one(object::field_path_elements const& path) -> field_set {
    auto out = field_set();
    out.insert(path);
    return out;
}

} // namespace

TEST_CASE("a document states the set that is made of it, and none of those of others") {
    auto sets = std::vector<field_set>();
    for (auto const* const text : documents)
        sets.push_back(object::stated_fields(object::type_of<ship>(), parsed(text)).value());
    for (std::size_t i = 0; i < std::size(documents); ++i)
        for (std::size_t k = 0; k < sets.size(); ++k) {
            CAPTURE(documents[i], sets[k].encode());
            CHECK(states(documents[i], sets[k]) == (sets[i] == sets[k]));
        }
}

TEST_CASE("a path more or less is another set") {
    for (auto const* const text : documents) {
        auto const all = object::stated_fields(object::type_of<ship>(), parsed(text)).value();
        all.each([&](object::field_path_elements const& path) {
            CAPTURE(text, object::shown(path));
            CHECK_FALSE(states(text, all - one(path)));
            auto deeper = path;
            deeper.push_back(object::path_element::field("more"));
            CHECK_FALSE(states(text, all | one(deeper)));
            deeper.back() = {"k:{\"name\":\"more\"}"};
            CHECK_FALSE(states(text, all | one(deeper)));
        });
        CHECK_FALSE(states(text, all | one({object::path_element::field("other")})));
    }
}

TEST_CASE("what is never in the set is not looked for, and must not be there") {
    for (auto const* const text : documents) {
        auto const all = object::stated_fields(object::type_of<ship>(), parsed(text)).value();
        all.each([&](object::field_path_elements const& path) {
            CAPTURE(text, object::shown(path));
            auto const list = path.back().text.starts_with("k:") || path.back().text.starts_with("v:");
            if (!list) CHECK(states(text, all - one(path), one(path))); // of elements it is not sure
            CHECK_FALSE(states(text, all, one(path)));
        });
    }
}

TEST_CASE("a document that is not right states nothing") {
    for (auto const* const text :
         {R"({"colour":1})", R"({"crew":"a"})", R"({"crew":["a","a"]})",
          R"({"masts":[{"name":"a"},{"name":"a"}]})", R"({"masts":[1]})", R"({"spare":[]})", R"({"log":{}})",
          R"({"more":1})", R"({"metadata":3})", R"({"log":[1]})"}) {
        CAPTURE(text);
        auto const known = object::stated_fields(object::type_of<ship>(), parsed(text));
        CHECK_FALSE(known);
        auto reader = object::detail::stated_reader();
        auto const wanted = reader.read_document(object::type_of<ship>(), parsed(text));
        CHECK_FALSE(states(text, wanted));
    }
}

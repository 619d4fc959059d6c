/// \file
/// Sets of fields: their text, their order and their algebra.

#include <berth/object/field_set.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace berth;
using object::field_set;
using object::path_element;

namespace {

auto set(std::string_view json) -> field_set { return field_set::decode(json).value(); }
auto echo(std::string_view json) -> std::string {
    auto const read = field_set::decode(json);
    return read ? read->encode() : "refused";
}
auto paths(field_set const& s) -> std::string {
    auto out = std::string();
    s.each([&](object::field_path_elements const& p) { (out += object::shown(p)) += ' '; });
    return out;
}

/// All sets over a few paths, some of them above others.
auto all_sets() -> std::vector<field_set> {
    auto const steps = std::vector<object::field_path_elements>{
        {path_element::field("a")},
        {path_element::field("a"), path_element::field("b")},
        {path_element::field("a"), {"k:{\"name\":\"x\"}"}, path_element::field("c")},
        {{"v:1"}},
    };
    auto out = std::vector<field_set>();
    for (auto bits = 0U; bits < 1U << steps.size(); ++bits) {
        auto s = field_set();
        for (std::size_t i = 0; i < steps.size(); ++i)
            if ((bits >> i & 1U) != 0) s.insert(steps[i]);
        out.push_back(s);
    }
    return out;
}

} // namespace

TEST_CASE("a set of fields is written in the order of fieldsV1, whatever order it was read in") {
    CHECK(echo("{}") == "{}");
    CHECK(echo(R"({"f:b":{},"f:a":{"f:d":{},".":{},"f:c":{}}})") ==
          R"({"f:a":{".":{},"f:c":{},"f:d":{}},"f:b":{}})");
    CHECK(echo(R"({"v:10":{},"v:9":{},"v:\"b\"":{},"v:\"a-\"":{},"v:\"a\"":{}})") ==
          R"({"v:9":{},"v:10":{},"v:\"a\"":{},"v:\"a-\"":{},"v:\"b\"":{}})");
    CHECK(
        echo(R"({"k:{\"protocol\":\"TCP\", \"port\":443}":{},"k:{\"port\":80,\"protocol\":\"UDP\"}":{}})") ==
        R"({"k:{\"port\":80,\"protocol\":\"UDP\"}":{},"k:{\"port\":443,\"protocol\":\"TCP\"}":{}})");
    CHECK(echo(R"({"i:2":{},"i:10":{},"f:\u00e9\n":{}})") == "{\"f:\xc3\xa9\\n\":{},\"i:2\":{},\"i:10\":{}}");
    CHECK(echo(R"({"f:a":{},"f:a":{"f:b":{}}})") == R"({"f:a":{"f:b":{}}})");
}

TEST_CASE("what is no set of fields is refused") {
    for (auto const text : {"", "[]", "null", "{\"f:a\":1}", "{\"a\":{}}", "{\"x:a\":{}}", "{\"i:a\":{}}",
                            "{\"k:[]\":{}}", "{\"k:{\":{}}", "{\"v:\":{}}", "{\"\":{}}"})
        CHECK(echo(text) == "refused");
    auto deep = std::string();
    for (auto n = 0; n < 100'000; ++n) deep += "{\"f:a\":";
    CHECK(echo(deep) == "refused");
}

TEST_CASE("a member is found by its name, among elements too") {
    auto const s = set(R"({"f:a":{},"f:c":{"f:x":{}},"k:{\"a\":1}":{},"v:1":{},"i:0":{}})");
    for (auto const* const name : {"a", "c"}) {
        REQUIRE(s.find_member(name) != nullptr);
        CHECK(s.find_member(name) == s.find(path_element::field(name)));
    }
    for (auto const* const name : {"", "b", "d", "x", "{\"a\":1}"}) CHECK(s.find_member(name) == nullptr);
    CHECK(field_set().find_member("a") == nullptr);
}

TEST_CASE("paths are shown as messages show them") {
    auto const s = set(R"({"f:spec":{"f:ports":{".":{},"k:{\"port\":80,\"protocol\":\"TCP\"}":{"f:name":{}}},
                           "f:replicas":{}},"f:words":{"v:\"x\"":{},"i:3":{}}})");
    CHECK(paths(s) == ".spec.ports .spec.replicas .spec.ports[port=80,protocol=\"TCP\"].name "
                      ".words[=\"x\"] .words[3] ");
    CHECK(s.size() == 5);
}

TEST_CASE("sets of fields obey the algebra of sets of paths") {
    auto const all = all_sets();
    for (auto const& a : all)
        for (auto const& b : all) {
            CHECK((a | b) == (b | a));
            CHECK((a & b) == (b & a));
            CHECK(((a - b) | (a & b)) == a);
            CHECK(((a | b) - b) == (a - b));
            CHECK((a & b).size() + (a | b).size() == a.size() + b.size());
            CHECK(set((a | b).encode()) == (a | b));
            (a | b).each([&](object::field_path_elements const& p) {
                CHECK((a - b).contains(p) == (a.contains(p) && !b.contains(p)));
            });
            CHECK(((a.without(b) - a).empty() && (a.without(b) & b).empty()));
        }
}

TEST_CASE("without a path there is nothing below it either") {
    auto const s = set(R"({"f:status":{".":{},"f:a":{}},"f:spec":{"f:b":{"f:c":{}}}})");
    CHECK(s.without(set(R"({"f:status":{}})")) == set(R"({"f:spec":{"f:b":{"f:c":{}}}})"));
    CHECK(s.without(set(R"({"f:spec":{"f:b":{}},"f:status":{"f:a":{}}})")) == set(R"({"f:status":{}})"));
}

#include "../fuzz/yaml.hpp"

#include "../fuzz/corpus.hpp"

#include <berth/api/yaml.hpp>

#include <catch2/catch_test_macros.hpp>

namespace api = berth::api;

namespace {

auto json(std::string_view yaml) -> std::string {
    auto const r = api::yaml_body_to_json(yaml);
    return r ? *r : r.error().message;
}

} // namespace

TEST_CASE("plain scalars mean what YAML 1.1 says") {
    CHECK(json("[y, Yes, on, TRUE, n, No, off, false]") == "[true,true,true,true,false,false,false,false]");
    CHECK(json("[~, null, ]") == "[null,null]");
    CHECK(json("[1, -2, 0x1f, 010, 0o10, 0b11, 1_000, +5]") == "[1,-2,31,8,8,3,1000,5]");
    CHECK(json("[1.5, .5, 1e3, -2.25]") == "[1.5,0.5,1000,-2.25]");
    CHECK(json("[1.2.3, 1m, 0xzz, 2020-01-02, '5', \"yes\", yep, 09, 1e, 1:30]") ==
          R"(["1.2.3","1m","0xzz","2020-01-02","5","yes","yep",9,"1e","1:30"])");
    CHECK(json("!!str 5") == "\"5\"");
    CHECK(json("[9223372036854775807, -9223372036854775808]") ==
          "[9223372036854775807,-9223372036854775808]");
}

TEST_CASE("maps keep their order, keys become texts") {
    CHECK(json("b: 1\na: {c: [x]}") == R"({"b":1,"a":{"c":["x"]}})");
    CHECK(json("1: a\nyes: b") == R"({"1":"a","true":"b"})");
    CHECK(json("a: 1\na: 2") == R"({"a":1,"a":2})");
}

TEST_CASE("anchors and merges are filled in") {
    CHECK(json("x: &x {a: 1}\nz: *x") == R"({"x":{"a":1},"z":{"a":1}})");
    CHECK(json("x: &x {a: 1}\nz: {<<: *x, b: 2}") == R"({"x":{"a":1},"z":{"a":1,"b":2}})");
}

TEST_CASE("a text may hold several documents") {
    auto const all = api::yaml_to_json("a: 1\n---\n# nothing\n---\nb: 2\n---\n");
    REQUIRE(all);
    CHECK(*all == std::vector<std::string>{R"({"a":1})", R"({"b":2})"});
    CHECK(api::yaml_to_json("")->empty());
    CHECK(json("") == "null");
}

TEST_CASE("JSON is YAML") { CHECK(json(R"({"a":[1,"2",null,true]})") == R"({"a":[1,"2",null,true]})"); }

TEST_CASE("what is not YAML is told with its line") {
    CHECK(json("a: [").starts_with("yaml: "));
    CHECK(json("a: 1\n b: 2\n").starts_with("yaml: line 2: "));
}

TEST_CASE("a small text that would become a huge document is refused") {
    auto bomb = std::string("a: &a [x,x,x,x,x,x,x,x,x,x]\n");
    for (auto c = 'b'; c <= 'i'; ++c) {
        auto const before = std::string("*") + static_cast<char>(c - 1);
        bomb += std::string(1, c) + ": &" + c + " [" + before;
        for (auto i = 0; i < 9; ++i) bomb += "," + before;
        bomb += "]\n";
    }
    CHECK(json(bomb) == "yaml: document contains excessive aliasing, or is nested too deeply");
}

namespace {

/// Ten maps, each of which takes in the one before ten times.
auto merge_bomb(std::string_view innermost) -> std::string {
    auto out = "a: &a {" + std::string(innermost) + "}\n";
    for (auto c = 'b'; c <= 'j'; ++c) {
        auto const before = std::string("*") + static_cast<char>(c - 1);
        out += std::string(1, c) + ": &" + c + " {<<: [" + before;
        for (auto i = 0; i < 9; ++i) out += "," + before;
        out += "]}\n";
    }
    return out;
}

} // namespace

TEST_CASE("aliases that write nothing cost nothing") {
    CHECK(json(merge_bomb("")) ==
          R"({"a":{},"b":{},"c":{},"d":{},"e":{},"f":{},"g":{},"h":{},"i":{},"j":{}})");
    CHECK(json(merge_bomb("x: 1")) == "yaml: document contains excessive aliasing, or is nested too deeply");
}

TEST_CASE("merges take maps, wherever they stand") {
    CHECK(json("x: &x {a: 1}\nw: &w {b: 2}\nz: {c: 3, <<: [*x, *w, {d: 4}], e: 5}") ==
          R"({"x":{"a":1},"w":{"b":2},"z":{"c":3,"a":1,"b":2,"d":4,"e":5}})");
    CHECK(json("{<<: {}, <<: {a: {b: 1}}, <<: {}}") == R"({"a":{"b":1}})");
    CHECK(json("{<<: [{}, {a: 1}, {}], b: 2}") == R"({"a":1,"b":2})");
    CHECK(json("x: {b: 1, <<: &m {c: 2, d: 3}}\nw: *m") == R"({"x":{"b":1,"c":2,"d":3},"w":{"c":2,"d":3}})");
    CHECK(json("x: {<<: &m {c: {<<: {d: 3}}}}\nw: *m") == R"({"x":{"c":{"d":3}},"w":{"c":{"d":3}}})");
    CHECK(json("\"<<\": {a: 1}") == R"({"<<":{"a":1}})");
    constexpr auto wants_map = "yaml: line 1: map merge requires map or sequence of maps as the value";
    for (auto const* bad :
         {"<<: 1", "<<: [1]", "<<: [[{}]]", "<<: ~", "{a: &a [], <<: *a}", "{a: &a 1, <<: [*a]}"})
        CHECK(json(bad) == wants_map);
}

TEST_CASE("aliases stand for leaves, lists, maps and keys") {
    CHECK(json("[&a 1, *a, &b [x, &c z], *b, *c, &d {k: *a}, *d]") ==
          R"([1,1,["x","z"],["x","z"],"z",{"k":1},{"k":1}])");
    CHECK(json("{&k name: 1, v: *k, x: {*k : 2}}") == R"({"name":1,"v":"name","x":{"name":2}})");
    CHECK(json("a: &a [*a]") == "yaml: line 1: anchor value contains itself");
    CHECK(json("{[a]: 1}") == "yaml: line 1: invalid map key");
    CHECK(json("{~: 1, : 2}") == R"({"null":1,"null":2})");
}

TEST_CASE("documents that begin with nonsense come to an end") {
    auto const all = api::yaml_to_json("!!str 5:*!!int \"5\"\n? k\n: !!seq [!x y]\n*a : 0J");
    REQUIRE(!all);
    CHECK(all.error().message.starts_with("yaml: line "));
    CHECK(api::yaml_to_json("---\n---\n---\na: 1\n...\n---\n...\n...\n") ==
          std::vector<std::string>{R"({"a":1})"});
}

TEST_CASE("much YAML is read, deep YAML is refused") {
    auto list = std::string();
    for (auto i = 0; i < 50'000; ++i) list += "- a\n";
    CHECK(json(list).size() == 50'000 * 4 + 1);
    for (auto const* open : {"[", "{a: ", "- ", "? ", "!!seq ["}) {
        auto deep = std::string();
        for (auto i = 0; i < 100'000; ++i) deep += open;
        CHECK(json(deep).starts_with("yaml: "));
    }
    CHECK(json(std::string(2'000, '[') + std::string(2'000, ']')) == "yaml: line 1: nested too deeply");
}

TEST_CASE("the kept texts are read without a finding") {
    for (auto const& input : berth::tests::corpus("yaml"))
        berth::fuzz::read_yaml(input); // ends the process if not
}

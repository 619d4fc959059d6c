#include <berth/api/http/yaml_text.hpp>

#include <catch2/catch_test_macros.hpp>

namespace http = berth::api::http;

TEST_CASE("JSON becomes block-style YAML with sorted members") {
    CHECK(http::yaml_from_json(
              R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","labels":{}},"spec":{"containers":)"
              R"([{"name":"m","args":["x","5"]},{"name":"n"}],"empty":[]}})") ==
          "apiVersion: v1\nkind: Pod\nmetadata:\n  labels: {}\n  name: a\nspec:\n  containers:\n"
          "  - args:\n    - x\n"
          "    - \"5\"\n    name: m\n  - name: \"n\"\n  empty: []\n");
}

TEST_CASE("texts that would mean something else are quoted") {
    CHECK(http::yaml_from_json(R"({"a":"yes","b":"1","c":"","d":"a: b","e":"x#y",)"
                               R"("f":"null","g":"two\nlines","h":"plain text"})") ==
          "a: \"yes\"\nb: \"1\"\nc: \"\"\nd: \"a: b\"\ne: \"x#y\"\n"
          "f: \"null\"\ng: \"two\\nlines\"\nh: plain text\n");
    CHECK(http::yaml_from_json("[1,true,null,1.5]") == "- 1\n- true\n- null\n- 1.5\n");
}

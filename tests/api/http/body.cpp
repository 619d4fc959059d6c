#include <berth/api/http/body.hpp>

#include <catch2/catch_test_macros.hpp>

namespace api = berth::api;
namespace http = berth::api::http;

TEST_CASE("bodies are JSON unless they say otherwise") {
    for (auto const* type : {"", "application/json", "Application/JSON; charset=utf-8"})
        CHECK(http::read_body(type, "{}", "Pod", {}) == "{}");
}

TEST_CASE("YAML is read by who was given for it") {
    auto const reader = http::yaml_reader([](std::string_view text) -> berth::result<std::string> {
        if (text == "bad") return berth::fail(berth::error_code::bad_request, "yaml: line 1: no");
        return std::string("[]");
    });
    CHECK(http::read_body("application/yaml", "- ", "Pod", reader) == "[]");
    CHECK(http::read_body("application/yaml", "bad", "Pod", reader).error().message ==
          "the object provided is unrecognized (must be of type Pod): yaml: line 1: no");
    CHECK(http::read_body("application/yaml", "- ", "Pod", {}).error().code ==
          berth::error_code::unsupported_media_type);
}

TEST_CASE("nothing can be applied, and what that means is the API's to say") {
    auto const reader = http::yaml_reader([](std::string_view) { return berth::result<std::string>("{}"); });
    for (auto const* const nothing : {"", " \n", "null", " null\n"})
        CHECK(http::read_apply_body(nothing, reader) == "null");
    CHECK(http::read_apply_body("a: 1", reader) == "{}");
    CHECK(http::read_apply_body(R"({"a":1})", reader) == R"({"a":1})");
}

TEST_CASE("other formats are refused with those that are known") {
    CHECK(
        http::read_body("text/plain", "{}", "Pod", {}).error().message ==
        "the body of the request was in an unknown format - accepted media types include: application/json, "
        "application/yaml, application/vnd.kubernetes.protobuf");
    CHECK(http::read_body("application/vnd.kubernetes.protobuf", "k8s", "Pod", {}).error().code ==
          berth::error_code::unsupported_media_type);
}

TEST_CASE("the form of a patch is its content type") {
    CHECK(http::read_patch_type("application/json-patch+json") == api::patch_type::json);
    CHECK(http::read_patch_type("application/merge-patch+json; x=y") == api::patch_type::merge);
    CHECK(http::read_patch_type("application/strategic-merge-patch+json") == api::patch_type::strategic);
    auto const refused = http::read_patch_type("application/strategic-merge-patch+json", false);
    CHECK(refused.error().message.find("strategic") == std::string::npos);
    for (auto const* type : {"", "application/json", "application/apply-patch+yaml"})
        CHECK(http::read_patch_type(type).error().code == berth::error_code::unsupported_media_type);
}

TEST_CASE("text that is not Unicode is repaired as Go does") {
    auto const read = [](std::string_view text) { return *http::read_body("", text, "Pod", {}); };
    CHECK(read(R"("\ud800")") == R"("\ufffd")");
    CHECK(read(R"("\udc00x\uD83D\ude00\ud83d")") == R"("\ufffdx\uD83D\ude00\ufffd")");
    CHECK(read(R"("\\ud800\u00e9")") == R"("\\ud800\u00e9")");
    CHECK(read("\"\xc3\xa9\xf0\x9f\x98\x80\"") == "\"\xc3\xa9\xf0\x9f\x98\x80\"");
    CHECK(read("\"\xff\xc3\xed\xa0\x80\"") ==
          "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
    CHECK(read("\\") == "\\");
    CHECK(http::read_patch_body(R"({"a":"\ud800\u"})") == R"({"a":"\ufffd\u"})");
}

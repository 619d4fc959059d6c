/// \file
/// The JSON of etcd's gateway: numbers as texts, absent fields, and what is malformed.

#include <berth/store/etcd/json.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>
#include <vector>

using namespace berth;
using namespace berth::store::detail;

namespace {

template <class F> auto read(std::string_view text, F f) { return read_json(text, "a test", f); }

} // namespace

TEST_CASE("numbers come as texts or as numbers, and absent fields are zero") {
    auto const sum = [](json_fields const& f) { return f.number("a") + f.number("b") + f.number("none"); };
    CHECK(read(R"({"a":"9007199254740993","b":1})", sum) == std::int64_t{9007199254740994});
    CHECK(read(R"({"a":null,"b":"-5"})", sum) == std::int64_t{-5});
    CHECK(read("{}", sum) == std::int64_t{0});
}

TEST_CASE("bytes come as base64, lists and objects piece by piece") {
    auto const told =
        read(R"({"key":"YQ==","yes":true,"list":["x","y"],"in":{"text":"t"}})", [](json_fields const& f) {
            auto out = f.bytes("key") + (f.boolean("yes") ? "+" : "-") + (f.boolean("no") ? "+" : "-");
            f.each("list", [&](boost::json::value const& v) { out += v.as_string(); });
            CHECK(f.inside("in", [&](json_fields const& inner) { out += inner.text("text"); }));
            CHECK_FALSE(f.inside("none", [](json_fields const&) {}));
            return out;
        });
    CHECK(told == std::string("a+-xyt"));
}

TEST_CASE("an answer that is malformed is an error that says what is, and never an exception") {
    auto const bad = [](json_fields const& f) {
        f.each("list", [](boost::json::value const&) {});
        return static_cast<int>(f.number("n")) + static_cast<int>(f.bytes("bytes").size()) +
               f.boolean("flag");
    };
    for (auto const* text : {"", "[]", "{", R"({"n":"x"})", R"({"n":{}})", R"({"n":"99999999999999999999"})",
                             R"({"list":{}})", R"({"bytes":"?"})", R"({"flag":"yes"})"}) {
        CAPTURE(text);
        auto const r = read(text, bad);
        REQUIRE_FALSE(r);
        CHECK(r.error().code == error_code::internal);
        CHECK(r.error().message.starts_with("etcd's answer to a test is malformed: "));
    }
    auto deep = std::string();
    for (auto i = 0; i < 2'000; ++i) deep += R"({"a":)";
    CHECK_FALSE(read(deep, bad));
}

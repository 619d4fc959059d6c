/// \file
/// Objects in protobuf, from bytes made by hand; and bytes that nobody should send.

#include "../fuzz/corpus.hpp"
#include "../fuzz/protobuf_body.hpp"
#include "kinds.hpp"

#include <berth/api/protobuf.hpp>
#include <berth/core/random.hpp>
#include <berth/object/int_or_string.hpp>
#include <berth/object/quantity.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <string>
#include <string_view>

using namespace yard;

namespace {

using fuzz::chest;

auto varint(std::uint64_t n) -> std::string {
    auto out = std::string();
    for (; n >= 0x80; n >>= 7U) out += static_cast<char>(n | 0x80U);
    return out += static_cast<char>(n);
}
auto number(unsigned field, std::uint64_t value) -> std::string {
    return varint(field << 3U) + varint(value);
}
auto text(unsigned field, std::string_view bytes) -> std::string {
    return varint(field << 3U | 2U) + varint(bytes.size()) + std::string(bytes);
}
auto document(std::string_view kind, std::string_view message, std::string_view version = "test/v1")
    -> std::string {
    return std::string("k8s\0", 4) + text(1, text(1, version) + text(2, kind)) + text(2, message);
}

struct reader {
    api::registry known = kinds();
    reader() { known.add(api::kind_of<chest>{}); }

    auto json(std::string_view body) const -> result<std::string> {
        return api::protobuf_to_json(known, body);
    }
    /// A chest without its kind and metadata.
    auto chest_of(std::string_view message) const -> std::string {
        auto const out = json(document("Chest", message));
        if (!out) return "error: " + out.error().message;
        auto const front = std::string(R"({"kind":"Chest","apiVersion":"test/v1")");
        if (!out->starts_with(front)) return *out;
        return "{" + out->substr(front.size() + (out->size() > front.size() + 1 ? 1 : 0));
    }
};

} // namespace

TEST_CASE("an object of protobuf becomes a JSON document") {
    auto const meta = text(1, "red") + text(3, "bay") + text(11, text(1, "a") + text(2, "b"));
    auto const spec = text(1, "blue") + number(2, 4) + text(3, text(1, "ann") + text(2, "captain"));
    auto const out = reader().json(document("Boat", text(1, meta) + text(2, spec)));
    REQUIRE(out);
    CHECK(
        *out ==
        R"({"kind":"Boat","apiVersion":"test/v1","metadata":{"name":"red","namespace":"bay",)"
        R"("labels":{"a":"b"}},"spec":{"color":"blue","seats":4,"crew":[{"name":"ann","role":"captain"}]}})");
}

TEST_CASE("each form of a member is read") {
    auto const r = reader();
    CHECK(r.chest_of("") == "{}");
    CHECK(r.chest_of(number(2, 1)) == R"({"open":true})");
    CHECK(r.chest_of(number(3, static_cast<std::uint64_t>(-7))) == R"({"small":-7})");
    CHECK(r.chest_of(number(4, std::numeric_limits<std::int64_t>::max())) ==
          R"({"large":9223372036854775807})");
    CHECK(r.chest_of(varint(5U << 3U | 1U) + std::string("\0\0\0\0\0\0\xf8\x3f", 8)) == R"({"real":1.5})");
    CHECK(r.chest_of(number(6, 0)) == R"({"maybe":0})");
    CHECK(r.chest_of(number(7, 1) + text(7, varint(2) + varint(300))) == R"({"numbers":[1,2,300]})");
    CHECK(r.chest_of(text(8, "a") + text(8, "")) == R"({"words":["a",""]})");
    CHECK(r.chest_of(text(10, text(1, "x") + text(2, text(1, "ann")))) == R"({"crew":{"x":{"name":"ann"}}})");
    CHECK(r.chest_of(text(11, "hi")) == R"({"data":"aGk="})");
    CHECK(r.chest_of(text(12, text(1, "2Gi"))) == R"({"amount":"2Gi"})");
    CHECK(r.chest_of(text(13, number(1, 0) + number(2, 80))) == R"({"port":80})");
    CHECK(r.chest_of(text(13, number(1, 1) + number(2, 0) + text(3, "http"))) == R"({"port":"http"})");
    CHECK(r.chest_of(text(14, number(1, 1'767'225'600))) == R"({"when":"2026-01-01T00:00:00Z"})");
    CHECK(r.chest_of(text(15, number(1, 1'767'225'600) + number(2, 5'000))) ==
          R"({"exactly":"2026-01-01T00:00:00.000005Z"})");
    CHECK(r.chest_of(text(16, text(1, R"({"f":1})"))) == R"({"raw":{"f":1}})");
    CHECK(r.chest_of(text(17, number(3, 9))) == R"({"nested":{"small":9}})");
}

TEST_CASE("the members of an embedded message are numbered outer times 1000 plus inner") {
    CHECK(reader().chest_of(text(20, text(3, "deep") + text(4, "unknown"))) == R"({"inner":"deep"})");
    CHECK(reader().chest_of(number(20, 3)) == "{}");
}

TEST_CASE("fields that are not known are passed over, and the last of a plain one counts") {
    CHECK(reader().chest_of(number(500, 1) + text(501, "x") + number(3, 1) + number(3, 2)) ==
          R"({"small":2})");
    CHECK(reader().chest_of(text(9, text(1, "k") + text(2, "1")) + text(9, text(1, "k") + text(2, "2"))) ==
          R"({"marks":{"k":"2"}})");
}

TEST_CASE("the zero time and times that cannot be told are absent") {
    auto const r = reader();
    CHECK(r.chest_of(text(14, "")) == "{}");
    for (auto const s :
         {std::int64_t{-62'135'596'800}, std::int64_t{-62'000'000'000}, std::int64_t{-9'300'000'000},
          std::int64_t{9'300'000'000}, std::numeric_limits<std::int64_t>::min(),
          std::numeric_limits<std::int64_t>::max()}) {
        CAPTURE(s);
        CHECK(r.chest_of(text(14, number(1, static_cast<std::uint64_t>(s)))) == "{}");
        CHECK(r.chest_of(text(15, number(1, static_cast<std::uint64_t>(s)) + number(2, ~0ULL))) == "{}");
    }
}

TEST_CASE("kinds are found by group, among actions, and else refused") {
    auto const r = reader();
    CHECK(r.json(document("Mooring", text(2, "north")))->find("\"pier\":\"north\"") != std::string::npos);
    CHECK(r.json(document("Pier", text(2, "north"), "v1"))->find("\"place\":\"north\"") != std::string::npos);
    CHECK(r.json(document("Scale", text(2, number(1, 3)), "autoscaling/v1"))->find("\"replicas\":3") !=
          std::string::npos);
    CHECK(r.json(document("Wing", "")).error().message ==
          "no kind \"Wing\" is registered for version \"test/v1\"");
    CHECK(r.json("{}").error().message ==
          "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
    auto const* const other = &object::type_of<sailor>();
    CHECK(*api::protobuf_to_json(r.known, document("Sailor", text(1, "ann"), "x/v1"), std::span(&other, 1)) ==
          R"({"name":"ann"})");
}

TEST_CASE("malformed fields are refused") {
    auto const r = reader();
    auto const refused = [&](std::string_view message) {
        return r.chest_of(message).starts_with("error: error decoding from protobuf");
    };
    CHECK(refused(varint(0)));             // no field number
    CHECK(refused(varint(3U << 3U | 3U))); // a group
    CHECK(refused(varint(3U << 3U | 7U))); // no such form
    CHECK(refused("\x18"));                // a number that is not there
    CHECK(refused("\x18\xff"));            // a number that does not end
    CHECK(refused("\x18" + std::string(11, '\xff')));
    CHECK(refused("\x42\x05"
                  "abc"));                          // a text shorter than it says
    CHECK(refused(varint(5U << 3U | 1U) + "1234")); // half of 64 bits
    CHECK(refused(text(8, "a") + varint(8U << 3U | 2U) + varint(~0ULL)));
    CHECK(refused(text(17, "\x18")));
    CHECK(refused(text(20, "\x18")));
    CHECK(refused(text(7, "\xff")));
}

TEST_CASE("nesting is read to a depth and no further") {
    auto const nested = [](int depth) {
        auto out = number(3, 1);
        for (auto i = 0; i < depth; ++i) out = text(17, out);
        return out;
    };
    CHECK(reader().chest_of(nested(90)).starts_with("{\"nested\""));
    CHECK(reader().chest_of(nested(101)).starts_with("error: "));
    CHECK(reader().chest_of(nested(2'000)).starts_with("error: "));
}

TEST_CASE("a big map in any order is read, its keys in order") {
    auto message = std::string();
    constexpr auto entries = 100'000;
    for (auto i = entries; i > 0; --i)
        message += text(9, text(1, std::to_string(1'000'000 + i)) + text(2, "v"));
    auto const out = reader().chest_of(message);
    CHECK(out.starts_with(R"({"marks":{"1000001":"v","1000002":"v",)"));
    CHECK(out.ends_with(R"("1100000":"v"}})"));
}

TEST_CASE("truncated and random bytes are answered, never more") {
    auto const r = reader();
    auto const whole =
        document("Chest", text(1, text(1, "x") + text(11, text(1, "a") + text(2, "b"))) + number(2, 1) +
                              text(7, varint(300)) + text(10, text(1, "k") + text(2, text(1, "n"))) +
                              text(12, text(1, "1")) + text(13, number(2, 8)) + text(14, number(1, 9)) +
                              text(17, text(20, text(3, "z"))));
    REQUIRE(r.json(whole));
    for (std::size_t n = 0; n < whole.size(); ++n) (void)r.json(std::string_view(whole).substr(0, n));
    auto draw = berth::random_engine(7);
    for (auto i = 0; i < 3'000; ++i) {
        auto bytes = whole;
        for (auto flips = draw.below(6) + 1; flips > 0; --flips)
            bytes[4 + draw.below(bytes.size() - 4)] = static_cast<char>(draw.below(256));
        (void)r.json(bytes);
        auto noise = std::string(draw.below(64), ' ');
        for (auto& c : noise) c = static_cast<char>(draw.below(256));
        (void)r.json(document("Chest", noise));
    }
}

TEST_CASE("elements that take much more memory than their bytes are refused") {
    auto const r = reader();
    auto many = std::string();
    for (auto i = 0; i < 300'000; ++i) many += text(17, ""); // the optional chest, made again and again
    CHECK(r.json(document("Chest", many)).error().code == error_code::request_too_large);
    many.clear();
    for (auto i = 0; i < 10'000; ++i) many += text(10, text(1, std::to_string(i)) + text(2, ""));
    CHECK(r.json(document("Chest", many)));
}

TEST_CASE("the kept bodies are read without a finding") {
    for (auto const& body : tests::corpus("protobuf_body"))
        fuzz::read_protobuf(body); // ends the process if not
}

/// \file
/// Objects as protobuf, against bytes as Kubernetes writes them, laid out by hand after its generated code.

#include "kinds.hpp"

#include <berth/api/protobuf.hpp>
#include <berth/api/protobuf_encode.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace yard;

namespace {

/// Every form that a member can have.
struct crate {
    static constexpr object::resource_name resource{"test", "v1", "Crate", "crates", "crate", true};
    object::meta metadata;
    bool open = false;
    std::int32_t small = 0;
    double real = 0;
    std::optional<std::int32_t> maybe;
    std::vector<std::int64_t> numbers;
    object::string_map marks;
    object::bytes data;
    object::quantity amount;
    object::int_or_string port;
    object::timestamp when;
    object::micro_timestamp exactly;
    object::boxed<object::raw_json> raw;
    std::string inner_second; ///< embedded: message 4, field 2
    std::string inner_first;  ///< embedded: message 4, field 1
    std::string unnumbered;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(crate, "test.v1.Crate", (metadata, .number = 20), (open, .number = 2),
                   (small, .number = 3), (inner_second, .number = 4002), (inner_first, .number = 4001),
                   (real, .number = 5), (maybe, .number = 6), (numbers, .number = 7), (marks, .number = 9),
                   (data, .number = 11), (amount, .number = 12), (port, .number = 13), (when, .number = 14),
                   (exactly, .number = 15), (raw, .number = 16), (unnumbered))
};

auto bytes_of(object::type_info const& type, void const* value) -> std::string {
    auto out = std::string();
    api::detail::protobuf_encoder(out).write_record(type, value);
    return out;
}
/// The bytes of a crate whose metadata is cut off.
auto bytes_of(crate const& c) -> std::string {
    auto out = bytes_of(object::type_of<crate>(), &c);
    return out.substr(0, out.rfind("\xa2\x01"));
}
/// A text with null characters in it.
template <std::size_t N> auto bytes(char const (&text)[N]) -> std::string { return {text, N - 1}; }

/// What a zero crate is written as, with one part put in the place of another.
auto zero_with(std::string const& old, std::string const& changed) -> std::string {
    auto out = bytes("\x10\0"
                     "\x18\0"
                     "\x22\x04\x0a\0\x12\0"
                     "\x29\0\0\0\0\0\0\0\0"
                     "\x5a\0"
                     "\x62\x03\x0a\x01"
                     "0"
                     "\x6a\x06\x08\0\x10\0\x1a\0"
                     "\x72\0"
                     "\x7a\0");
    auto const at = out.find(old);
    return out.replace(at, old.size(), changed);
}

} // namespace

TEST_CASE("values that are no pointer are written even when they are zero, in the order of numbers") {
    CHECK(bytes_of(crate{}) == zero_with("", ""));
}

TEST_CASE("each form of a member is written as Kubernetes writes it") {
    auto c = crate{};
    c.small = -1;
    CHECK(bytes_of(c) == zero_with(bytes("\x18\0"), "\x18\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
    c = crate{};
    c.inner_first = "a";
    CHECK(bytes_of(c) == zero_with(bytes("\x22\x04\x0a\0"), "\x22\x05\x0a\x01"
                                                            "a"));
    c = crate{};
    c.real = 1.5;
    CHECK(bytes_of(c) == zero_with(bytes("\0\0\0\0\0\0\0\0"), bytes("\0\0\0\0\0\0\xf8\x3f")));
    c = crate{};
    c.maybe = 0;
    c.numbers = {1, 300};
    c.marks = {{"b", "2"}, {"a", ""}};
    CHECK(bytes_of(c) == zero_with(bytes("\x5a\0"), bytes("\x30\0"
                                                          "\x38\x01\x38\xac\x02"
                                                          "\x4a\x05\x0a\x01"
                                                          "a\x12\0"
                                                          "\x4a\x06\x0a\x01"
                                                          "b\x12\x01"
                                                          "2"
                                                          "\x5a\0")));
    c = crate{};
    c.data.data = "hi";
    CHECK(bytes_of(c) == zero_with(bytes("\x5a\0"), "\x5a\x02hi"));
    c = crate{};
    c.port = "http";
    CHECK(bytes_of(c) ==
          zero_with(bytes("\x6a\x06\x08\0\x10\0\x1a\0"), bytes("\x6a\x0a\x08\x01\x10\0\x1a\x04http")));
    c = crate{};
    c.when = object::timestamp(time_point::from_unix_seconds(1'767'225'600));
    CHECK(bytes_of(c) == zero_with(bytes("\x72\0"), bytes("\x72\x08\x08\x80\xf2\xd6\xca\x06\x10\0")));
    c = crate{};
    c.exactly = object::micro_timestamp(time_point{-1'000});
    CHECK(bytes_of(c) ==
          zero_with(bytes("\x7a\0"),
                    "\x7a\x11\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x10\x98\x8c\xeb\xdc\x03"));
    c = crate{};
    c.raw.engage().text = "{}";
    c.unnumbered = "left out";
    CHECK(bytes_of(c) == zero_with("", "") + "\x82\x01\x04\x0a\x02{}");
}

TEST_CASE("metadata is written as etcd keeps it") {
    auto m = object::meta{};
    m.name = "foo";
    m.namespace_ = "default";
    m.uid = "u1";
    m.creation_timestamp = object::timestamp(time_point::from_unix_seconds(1'767'225'600));
    CHECK(bytes_of(object::type_of<object::meta>(), &m) == bytes("\x0a\x03"
                                                                 "foo\x12\0\x1a\x07"
                                                                 "default\x22\0\x2a\x02u1\x32\0\x38\0"
                                                                 "\x42\x08\x08\x80\xf2\xd6\xca\x06\x10\0"));
}

TEST_CASE("an object is wrapped with its kind, carries its revision and is read back") {
    auto c = crate{};
    c.metadata.name = "red";
    c.small = 7;
    auto out = std::string();
    api::append_protobuf(out, object::type_of<crate>(), &c, 42);
    CHECK(out.starts_with(bytes("k8s\0\x0a\x10\x0a\x07test/v1\x12\x05"
                                "Crate\x12")));
    CHECK(out.ends_with(bytes("\x1a\0\x22\0")));
    auto known = kinds();
    known.add(api::kind_of<crate>{});
    auto const json = api::protobuf_to_json(known, out);
    REQUIRE(json);
    CHECK(*json == R"({"kind":"Crate","apiVersion":"test/v1","metadata":)"
                   R"({"name":"red","resourceVersion":"42"},"small":7})");
}

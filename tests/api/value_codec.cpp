/// \file
/// Objects as stores keep them: JSON without a revision, read back by the kind that it names.

#include "kinds.hpp"

#include <berth/api/value_codec.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace yard;
using api::object_codec;

namespace {

auto codec() -> object_codec { return object_codec(kinds()); }

auto encoded(object::any_object const& o) -> std::string {
    auto out = std::string();
    object_codec::encode(o, out);
    return out;
}

/// A boat of older days, and boats that are kept as such.
struct raft {
    static constexpr object::resource_name resource{"test", "v1beta1", "Raft", "rafts", "raft", true};
    object::meta metadata;
    std::string paint;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(raft, "test.v1beta1.Raft", (metadata, .number = 1), (paint, .number = 2))
};
auto boats_kept_as_rafts() -> api::kind {
    auto k = boat_kind();
    k.storage = api::stored_as<boat, raft>(
        [](boat const& b) {
            auto out = raft();
            out.metadata = b.metadata;
            out.paint = b.spec.color;
            return out;
        },
        [](raft const& r) {
            auto out = boat();
            out.metadata = r.metadata;
            out.spec.color = r.paint;
            return out;
        });
    return k;
}

} // namespace

TEST_CASE("decoding what was encoded gives an equal object, of a group or of none") {
    auto b = make_boat("a", "red", 3);
    b.spec.crew = {{"Ann", "\"captain\"\n", {}}};
    b.metadata.labels["l"] = "v";
    auto const text = encoded(object::any_object(b));
    auto const back = codec().decode("/boats/bay/a", text);
    REQUIRE(back);
    CHECK(back->as<boat>().spec.crew.front().role == "\"captain\"\n");
    CHECK(encoded(*back) == text);
    auto p = pier();
    p.metadata.name = "p";
    auto const core = codec().decode("/piers/p", encoded(object::any_object(p)));
    REQUIRE(core);
    CHECK(&core->type() == &object::type_of<pier>());
}

TEST_CASE("a revision is the store's business and not written, a member that is not known is kept") {
    auto b = make_boat("a");
    CHECK(encoded(object::any_object(b)).find("resourceVersion") == std::string::npos);
    auto const read = codec().decode("k", R"({"kind":"Boat","apiVersion":"test/v1","metadata":{"name":"a"},
        "spec":{"color":"red","sail":{"size":3}}})");
    REQUIRE(read);
    CHECK(encoded(*read).find(R"("sail":{"size":3})") != std::string::npos);
}

TEST_CASE("the empty handle is the empty text") {
    CHECK(encoded({}).empty());
    auto const none = codec().decode("k", "");
    REQUIRE(none);
    CHECK_FALSE(*none);
}

TEST_CASE("a text that is no object of a known kind is an error that names the key") {
    for (auto const* text :
         {"boat", "[]", "{", "{}", R"({"kind":"Boat"})", R"({"apiVersion":"test/v1"})",
          R"({"kind":"Boat","apiVersion":"v1"})", R"({"kind":"Boat","apiVersion":"test/v2"})",
          R"({"kind":"Boat","apiVersion":"test/v1/x"})", R"({"kind":"Boat","apiVersion":"/v1"})",
          R"({"kind":7,"apiVersion":"test/v1"})"}) {
        CAPTURE(text);
        auto const read = codec().decode("/boats/bay/a", text);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == error_code::internal);
        CHECK(read.error().message.starts_with("a stored /boats/bay/a: "));
    }
    CHECK_FALSE(codec().decode("k", R"({"kind":"Boat","apiVersion":"test/v1","spec":{"seats":"many"}})"));
}

TEST_CASE("kinds that come later are read, those that went are not") {
    auto const known = api::shared_registry(api::registry());
    auto const c = object_codec(known);
    auto const text = encoded(object::any_object(make_boat("a")));
    CHECK(c.decode("k", text).error().message.find("no kind \"Boat\" is registered for \"test/v1\"") !=
          std::string::npos);
    known.replace(kinds());
    CHECK(c.decode("k", text));
}

TEST_CASE("what a store gave is taken as it is, or converted, or refused") {
    auto const plain = api::kind(boat_kind());
    auto const b = object::any_object(make_boat("a", "blue"));
    CHECK(&api::as_kind(plain, b)->as<boat>() == &b.as<boat>()); // no copy
    CHECK(api::as_kind(plain, {}).error().code == error_code::internal);
    CHECK(api::as_kind(plain, object::any_object(make_ferry("f"))).error().message ==
          "a stored Boat: it is an object of another kind");
    auto r = raft();
    r.metadata.name = "r";
    r.paint = "green";
    CHECK_FALSE(api::as_kind(plain, object::any_object(r)));
    CHECK(api::as_kind(boats_kept_as_rafts(), object::any_object(r))->as<boat>().spec.color == "green");
    CHECK(api::as_kind(boats_kept_as_rafts(), b)->as<boat>().spec.color == "blue");
}

/// \file
/// Bodies of requests, read as strictly as they ask; objects encoded once; patches that cannot be applied.

#include "kinds.hpp"

#include <berth/api/encoding.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace yard;
using enum api::field_validation;

namespace {

struct reading {
    api::registry known = kinds();
    texts notes;

    auto read(std::string_view text, api::field_validation how = ignore) -> result<object::draft> {
        return api::body_reader(known, boat::resource, object::type_of<boat>(), how, notes).read(text);
    }
    auto complaint(std::string_view text, api::field_validation how = ignore) -> std::string {
        auto const r = read(text, how);
        return r ? std::string() : r.error().message;
    }
};

} // namespace

TEST_CASE("an object is encoded once per revision") {
    auto const ref = object::object_ref{object::any_object(make_boat("red")), 7};
    auto const& text = api::encode(ref);
    CHECK(text.find(R"("resourceVersion":"7")") != std::string::npos);
    auto const copy = ref;
    CHECK(&api::encode(copy) == &text);
    CHECK(api::encode({ref.object, 0}).find("resourceVersion") == std::string::npos);
}

TEST_CASE("an object that is encoded only once does not keep its text, and takes the one that it has") {
    auto const ref = object::object_ref{object::any_object(make_boat("red")), 7};
    auto const text = api::encode_once(ref);
    CHECK(ref.object.known_text(7) == nullptr);
    auto const& kept = api::encode(ref);
    CHECK(kept == text);
    CHECK(ref.object.known_text(7) == &kept);
    CHECK(ref.object.known_text(8) == nullptr);
    CHECK(api::encode_once(ref) == text);
}

TEST_CASE("a body needs no kind, but one that is there must be right") {
    auto r = reading();
    CHECK(r.read(R"({"metadata":{"name":"x"}})")->metadata().name == "x");
    CHECK(r.read("null")->metadata().name.empty());
    CHECK(r.complaint(R"({"kind":"Boat","apiVersion":"test/v1"})").empty());
    CHECK(r.complaint(R"({"kind":"","apiVersion":null})").empty());
    CHECK(r.complaint(R"({"kind":"Ferry"})") ==
          "Ferry in version \"v1\" cannot be handled as a Boat: converting "
          "(v1.Ferry) to (test.Boat): unknown conversion");
    CHECK(r.complaint(R"({"kind":"Wing"})").find("no kind \"Wing\" is registered") != std::string::npos);
    CHECK(r.complaint(R"({"kind":5})").starts_with("the object provided is unrecognized"));
    CHECK(r.complaint(R"({"kind":5,"kind":"Boat"})").starts_with("the object provided is unrecognized"));
    CHECK(r.complaint(R"({"kind":null,"kind":"Boat"})").empty());
    CHECK(r.complaint(R"({"apiVersion":"a/b/c","metadata":{"name":"x"}})") ==
          "the object provided is unrecognized (must be of type Boat): unexpected GroupVersion string: a/b/c "
          R"(({"apiVersion":"a/b/c","metadat ...))");
    CHECK(r.complaint("[]").starts_with("the object provided is unrecognized"));
    CHECK(r.complaint("{").starts_with("the object provided is unrecognized"));
    CHECK(r.complaint(R"({"spec":{"seats":"x"}})") ==
          "Boat in version \"v1\" cannot be handled as a Boat: json: cannot unmarshal string into "
          "Go struct field spec.seats of type int32");
}

TEST_CASE("unknown and double members are passed over, told, or refused") {
    auto r = reading();
    constexpr auto text = std::string_view(R"({"spec":{"seats":1,"seats":2,"wings":3}})");
    CHECK(r.read(text)->as<boat>().spec.seats == 2);
    CHECK(r.notes.empty());
    CHECK(r.read(text, warn));
    CHECK(r.notes == texts{"duplicate field \"spec.seats\"", "unknown field \"spec.wings\""});
    CHECK(r.complaint(text, strict)
              .ends_with(
                  "strict decoding error: duplicate field \"spec.seats\", unknown field \"spec.wings\""));
}

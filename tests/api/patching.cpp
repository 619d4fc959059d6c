/// \file
/// What patches make of documents, and how those that come to nothing are refused.

#include "kinds.hpp"

#include <berth/api/patching.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace yard;
using enum error_code;
using api::patch_type;

namespace {

auto const& type = object::type_of<boat>();
constexpr auto current =
    std::string_view(R"({"kind":"Boat","spec":{"color":"red","crew":[{"name":"ann"}]}})");

auto patched(patch_type t, std::string body) -> result<std::string> {
    auto notes = texts();
    return api::apply_patch(type, current, {t, std::move(body)}, api::field_validation::ignore, notes)
        .transform([](boost::json::object const& o) { return boost::json::serialize(o.at("spec")); });
}

/// The cause of the refusal of a patch whose outcome is wrong.
auto refusal(patch_type t, std::string body, std::string_view why) -> std::string {
    auto const outcome = boost::json::object{{"spec", 1}};
    auto const e =
        api::unreadable_outcome({t, std::move(body)}, outcome, error{bad_request, std::string(why), {}});
    CHECK(e.error().code == invalid);
    CHECK(e.error().details.causes.at(0).field == "patch");
    return e.error().details.causes.at(0).message;
}

} // namespace

TEST_CASE("each form of a patch changes a document in its way") {
    CHECK(patched(patch_type::json, R"([{"op":"replace","path":"/spec/crew","value":[]}])") ==
          R"({"color":"red","crew":[]})");
    CHECK(patched(patch_type::merge, R"({"spec":{"color":null,"crew":[{"name":"bob"}]}})") ==
          R"({"crew":[{"name":"bob"}]})");
    CHECK(patched(patch_type::strategic, R"({"spec":{"crew":[{"name":"ann","role":"mate"}]}})") ==
          R"({"color":"red","crew":[{"name":"ann","role":"mate"}]})");
}

TEST_CASE("patches that are none are refused as what they are") {
    for (auto const t : {patch_type::json, patch_type::merge, patch_type::strategic})
        CHECK(patched(t, "{").error().message.starts_with("error decoding patch: "));
    CHECK(patched(patch_type::strategic, "[]").error().message.starts_with("json: cannot unmarshal"));
    CHECK(patched(patch_type::json, R"([{"op":"remove","path":"/none"}])").error().code == invalid);
    CHECK(patched(patch_type::merge, "[]").error().code == bad_request);
}

TEST_CASE("members that come twice in a patch are refused, told or passed over, as asked") {
    using enum api::field_validation;
    auto notes = texts();
    auto const apply = [&](api::field_validation v) {
        return api::apply_patch(type, current, {patch_type::merge, R"({"spec":{"seats":1,"seats":2}})"}, v,
                                notes);
    };
    CHECK(apply(strict).error().message == R"(strict decoding error: duplicate field "spec.seats")");
    CHECK(apply(ignore));
    CHECK(notes.empty());
    CHECK(apply(warn));
    CHECK(notes == texts{R"(duplicate field "spec.seats")"});
}

TEST_CASE("an outcome that is no object is refused with what it is") {
    constexpr auto why = "Boat in version \"v1\" cannot be handled as a Boat: json: cannot unmarshal";
    CHECK(refusal(patch_type::merge, "{}", why) ==
          R"(Invalid value: "{\"spec\":1}": json: cannot unmarshal)");
    CHECK(refusal(patch_type::json, "[]", "the object (must be of type Boat): json parse error: no") ==
          R"(Invalid value: "{\"spec\":1}": no)");
}

TEST_CASE("of a kind that is kept as a document the outcome is shown by the names of its members") {
    auto const outcome =
        boost::json::object{{"kind", "Boat"}, {"apiVersion", "v1"}, {"a", {{"c", 1}, {"b", 2}}}};
    auto const e =
        api::unreadable_outcome({patch_type::merge, "{}"}, outcome, error{bad_request, "json: no", {}}, true);
    CHECK(e.error().details.causes.at(0).message ==
          R"(Invalid value: "{\"a\":{\"b\":2,\"c\":1},\"apiVersion\":\"v1\",\"kind\":\"Boat\"}": json: no)");
}

TEST_CASE("a strategic merge patch that comes to no object is shown as Go prints it") {
    CHECK(refusal(patch_type::strategic,
                  R"({"b":[1,-2.5,"x",[],{}],"a":{"z":null,"$patch":"merge"},"c":true})",
                  "unrecognized type: string") ==
          R"(Invalid value: "map[a:map[z:<nil>] b:[1 -2.5 x [] map[]] c:true]": unrecognized type: string)");
}

TEST_CASE("an outcome that is too large is told as that") {
    auto const e =
        api::unreadable_outcome({patch_type::merge, "{}"}, {}, error{request_too_large, "large", {}});
    CHECK(e.error().code == request_too_large);
}

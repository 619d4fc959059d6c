/// \file
/// Complaints about fields, in the words of Kubernetes.

#include <berth/api/validation.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;
using api::field_errors;
using api::field_path;

TEST_CASE("a path names members, elements and entries") {
    auto const spec = field_path("spec");
    auto const list = spec.child("containers");
    auto const first = list.index(0);
    CHECK(spec.to_string() == "spec");
    CHECK(first.child("name").to_string() == "spec.containers[0].name");
    auto const labels = spec.child("labels");
    CHECK(labels.key("a/b").to_string() == "spec.labels[a/b]");
    CHECK(field_path("").child("x").to_string() == "x");
}

TEST_CASE("values are shown as Go shows them") {
    CHECK(api::shown_value("a\"b").text() == R"("a\"b")");
    CHECK(api::shown_value(true).text() == "true");
    CHECK(api::shown_value(std::int64_t{-5}).text() == "-5");
    CHECK(api::shown_value::null().text() == "null");
    CHECK(api::shown_value::bare("{}").text() == "{}");
    CHECK(api::shown_value::list({}).text() == "null");
    CHECK(api::shown_value::list({"a", "b"}).text() == R"(["a","b"])");
}

TEST_CASE("each complaint has its reason, its sentence and its field") {
    auto e = field_errors();
    CHECK(e.empty());
    auto const f = field_path("f");
    e.required(f);
    e.required(f, "why");
    e.invalid(f, "x", "why");
    e.duplicate(f, "x");
    e.forbidden(f, "why");
    e.not_found(f, "x");
    e.not_supported(f, "x", {"a", "b"});
    e.too_long(f, 5);
    e.too_many(f, 7, 5);
    e.internal(f, "why");
    e.type_invalid(f, "x", "why");
    auto const expected = std::vector<error_cause>{
        {"FieldValueRequired", "Required value", "f"},
        {"FieldValueRequired", "Required value: why", "f"},
        {"FieldValueInvalid", "Invalid value: \"x\": why", "f"},
        {"FieldValueDuplicate", "Duplicate value: \"x\"", "f"},
        {"FieldValueForbidden", "Forbidden: why", "f"},
        {"FieldValueNotFound", "Not found: \"x\"", "f"},
        {"FieldValueNotSupported", "Unsupported value: \"x\": supported values: \"a\", \"b\"", "f"},
        {"FieldValueTooLong", "Too long: may not be more than 5 bytes", "f"},
        {"FieldValueTooMany", "Too many: 7: must have at most 5 items", "f"},
        {"InternalError", "Internal error: why", "f"},
        {"FieldValueTypeInvalid", "Invalid value: \"x\": why", "f"}};
    CHECK(e.causes() == expected);
}

TEST_CASE("a refusal tells all complaints and leaves none") {
    auto e = field_errors();
    e.required(field_path("a"));
    e.invalid_all(field_path("b"), "x", {"too x", "not y"});
    CHECK(e.size() == 3);
    auto const one = e.refuse("test", "Boat", "red");
    CHECK(one.error().code == error_code::invalid);
    CHECK(one.error().message ==
          "Boat.test \"red\" is invalid: [a: Required value, b: Invalid value: \"x\": too x, "
          "b: Invalid value: \"x\": not y]");
    CHECK(one.error().details.causes.size() == 3);
    CHECK(one.error().details.kind == "Boat");
    CHECK(e.empty());
}

TEST_CASE("only the first complaints are kept, the others counted") {
    auto e = field_errors();
    auto const list = field_path("list");
    for (std::size_t i = 0; i < 1'000'000; ++i) e.required(list.index(i));
    CHECK(e.size() == 1'000'000);
    CHECK(e.causes().size() == field_errors::most);
    CHECK(e.causes().back().field == "list[999]");
    auto const why = e.refuse("", "Pod", "x").error();
    CHECK(why.details.causes.size() == field_errors::most);
    CHECK(why.message.ends_with(", list[999]: Required value, and 999000 more]"));
    CHECK(e.empty());
    CHECK(e.size() == 0);
}

TEST_CASE("long complaints are kept to an amount of text") {
    auto e = field_errors();
    auto const shown = api::shown_value(std::string(500'000, 'x'));
    for (auto i = 0; i < 100'000; ++i) e.invalid(field_path("f"), shown, "why");
    CHECK(e.causes().size() == 3);
    CHECK(e.size() == 100'000);
    CHECK(e.full());
}

/// \file
/// A text in eight bytes reads, compares and is written as a text.

#include "things.hpp"

#include <berth/object/any_object.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/rare_text.hpp>

#include <catch2/catch_test_macros.hpp>

#include <sstream>
#include <string>
#include <string_view>
#include <utility>

using namespace berth;
using object::rare_text;

namespace {

struct label {
    static constexpr object::resource_name resource{"test", "v1", "Label", "labels", "label", true};
    object::meta metadata;
    rare_text colour;
    rare_text always;
    object::list<rare_text> more;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(label, "test.v1.Label", (metadata), (colour, .values = "red,blue"),
                   (always, .always = true), (more))
};

auto decoded(std::string_view json) -> label { return object::from_json_text<label>(json).value(); }

} // namespace

TEST_CASE("a rare text is a pointer, and reads as the text") {
    static_assert(sizeof(rare_text) == sizeof(void*));
    auto t = rare_text();
    CHECK(t.empty());
    CHECK(t.str().empty());
    t = "red";
    CHECK_FALSE(t.empty());
    CHECK(t.size() == 3);
    std::string const& whole = t;
    CHECK(whole == "red");
    std::string_view const view = t;
    CHECK(view == "red");
    auto written = std::ostringstream();
    written << '[' << t << ']';
    CHECK(written.str() == "[red]");
    auto const copy = t;
    t.clear();
    CHECK(t.empty());
    CHECK(copy.str() == "red");
    t = std::string();
    CHECK(t == rare_text());
    t = std::string("blue");
    auto const taken = std::move(t);
    CHECK(taken.str() == "blue");
    CHECK(t.empty()); // NOLINT(bugprone-use-after-move)
}

TEST_CASE("rare texts compare and add up as texts do") {
    auto const red = rare_text("red");
    auto const blue = rare_text(std::string_view("blue"));
    CHECK(red == rare_text("red"));
    CHECK(red != blue);
    CHECK(blue < red);
    CHECK(red == "red");
    CHECK("red" == red);
    CHECK(red == std::string("red"));
    CHECK(red != std::string_view("green"));
    auto const either = [&](bool rare) -> std::string { return rare ? red : std::string("none"); };
    CHECK(either(true) == "red");
    CHECK(either(false) == "none");
    CHECK("dark " + red + " and " + blue == "dark red and blue");
    CHECK(red + "dish" == "reddish");
    CHECK(rare_text() == "");
}

TEST_CASE("in JSON a rare text is a text, and an empty one is absent") {
    auto const l = decoded(R"({"metadata":{},"colour":"red","always":"","more":["a",""]})");
    CHECK(l.colour == "red");
    CHECK(l.always.empty());
    REQUIRE(l.more.size() == 2);
    CHECK(l.more[1].empty());
    CHECK(object::to_json_text(l) == R"({"colour":"red","always":"","more":["a",""]})");
    auto const empty = decoded(R"({"colour":"","always":"x"})");
    CHECK(object::to_json_text(empty) == R"({"always":"x"})");
    CHECK(empty == decoded(R"({"always":"x"})"));
    CHECK_FALSE(object::from_json_text<label>(R"({"colour":1})"));
}

TEST_CASE("its description is that of a text") {
    auto const& type = object::type_of<label>();
    auto const& colour = type.field("colour")->type();
    CHECK(colour.form == object::shape::text);
    CHECK(colour.schema_type == "string");
    auto l = label();
    CHECK(colour.is_zero(&l.colour));
    colour.set_text(&l.colour, "blue");
    CHECK(l.colour == "blue");
    CHECK(&colour.text(&l.colour) == &l.colour.str());
    colour.set_text(&l.colour, "");
    CHECK(colour.is_zero(&l.colour));
    CHECK(colour.text(&l.colour).empty());
    CHECK(object::type_of<std::string>().text(&l.metadata.name).empty());
}

TEST_CASE("objects that are alike have the text once") {
    auto l = label();
    l.colour = "a colour that has a long name";
    auto const a = object::any_object(l);
    auto copy = a.as<label>();
    CHECK(&copy.colour.str() == &a.as<label>().colour.str());
    auto d = object::draft(object::type_of<label>());
    d.as<label>() = l;
    CHECK(&d.as<label>().colour.str() != &a.as<label>().colour.str());
    d.share_with(a);
    CHECK(&d.as<label>().colour.str() == &a.as<label>().colour.str());
    copy.colour = "red";
    CHECK(a.as<label>().colour == l.colour);
}

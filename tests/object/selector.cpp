/// \file
/// Label selectors read, match and print as those of Kubernetes.

#include <berth/object/dictionary.hpp>
#include <berth/object/label_selector.hpp>
#include <berth/object/selector.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace berth;
using object::selector;
using object::selector_operator;

namespace {

using labels = object::dictionary<std::string>;

auto of(std::string_view text) -> selector {
    auto s = selector::parse(text);
    INFO(text);
    REQUIRE(s);
    return *std::move(s);
}

auto refusal(std::string_view text) -> std::string {
    auto const s = selector::parse(text);
    INFO(text);
    REQUIRE_FALSE(s);
    return s.error().message;
}

} // namespace

static_assert(object::label_map<labels>);
static_assert(object::label_range<std::map<std::string, std::string>>);
static_assert(object::label_set<std::vector<std::pair<std::string, std::string>>>);
static_assert(object::label_set<std::array<std::pair<std::string_view, std::string_view>, 3>>);
static_assert(!object::label_set<std::vector<std::string>>);

TEST_CASE("every operator means what it says") {
    auto const web = labels{{"app", "web"}, {"n", "3"}, {"empty", ""}};
    for (auto const* const text :
         {"app=web", "app==web", "app!=db", "app in (web,db)", "app notin (db)", "app", "!tier", "tier!=x",
          "tier notin (x)", "n>2", "n<4", "empty=", "empty in ()", ""}) {
        INFO(text);
        CHECK(of(text).matches(web));
    }
    for (auto const* const text : {"app=db", "app!=web", "app in (db)", "app notin (web)", "!app", "tier",
                                   "tier=x", "n>3", "n<3", "app>1", "tier>0", "app=", "app,tier"}) {
        INFO(text);
        CHECK_FALSE(of(text).matches(web));
    }
}

TEST_CASE("anything with pairs of key and value has labels") {
    auto const s = of("app=web,!tier");
    CHECK(s.matches(std::map<std::string, std::string>{{"app", "web"}}));
    CHECK(s.matches(std::array<std::pair<std::string_view, std::string_view>, 1>{{{"app", "web"}}}));
    CHECK_FALSE(s.matches(std::vector<std::pair<std::string, std::string>>{{"app", "web"}, {"tier", "x"}}));
}

TEST_CASE("the text form is ordered, and reads back as the same selector") {
    CHECK(of("b in (z,a,a),!c,a==1, d > 5").to_string() == "a==1,b in (a,z),!c,d>5");
    CHECK(of("x notin ()").to_string() == "x notin ()");
    CHECK(of("in in (in,notin)").to_string() == "in in (in,notin)");
    for (auto const* const text : {"", "a", "!a", "a=b", "a==b", "a!=b", "a in (,b)", "a>1,b<2"}) {
        CHECK(of(text).to_string() == text);
        CHECK(of(of(text).to_string()) == of(text));
    }
}

TEST_CASE("everything and nothing are different, and both are empty texts") {
    CHECK(selector().matches(labels{}));
    CHECK(selector().empty());
    CHECK_FALSE(selector::nothing().matches(labels{}));
    CHECK_FALSE(selector::nothing().empty());
    CHECK(selector::nothing().matches_nothing());
    CHECK(selector::nothing().to_string().empty());
    CHECK(selector::of_labels(labels{{"a", "1"}, {"b", "2"}}).to_string() == "a=1,b=2");
}

TEST_CASE("an index may ask for the one value that a label must have") {
    CHECK(of("a=1,b").required_value("a") == "1");
    CHECK(of("a in (1)").required_value("a") == "1");
    CHECK(of("a in (1,2)").required_value("a") == std::nullopt);
    CHECK(of("a!=1").required_value("a") == std::nullopt);
    CHECK(of("b=1").required_value("a") == std::nullopt);
}

TEST_CASE("a selector that cannot be understood is refused in the words of Kubernetes") {
    CHECK(refusal("a,") == "found '', expected: identifier after ','");
    CHECK(refusal("a=b=c") == "found '=', expected: ',' or 'end of string'");
    CHECK(refusal("(a)") == "found '(', expected: !, identifier, or 'end of string'");
    CHECK(refusal("a exists") ==
          "unable to parse requirement: found 'exists', expected: in, notin, =, ==, !=, gt, lt");
    CHECK(refusal("a in b") == "unable to parse requirement: found 'b' expected: '('");
    CHECK(refusal("a in (b") == "unable to parse requirement: found '', expected: ',' or ')'");
    CHECK(refusal("!!a") == "unable to parse requirement: found '!', expected: identifier");
    CHECK(refusal("a>x") ==
          "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, "
          "the value must be an integer");
    CHECK(
        refusal("/a").starts_with("unable to parse requirement: <nil>: Invalid value: \"/a\": prefix part"));
}

TEST_CASE("the structured form means the same, and an absent one matches nothing") {
    auto structured = object::label_selector();
    CHECK(shown(structured) == "<none>");
    CHECK(to_selector(structured)->empty());
    CHECK(to_selector(object::boxed<object::label_selector>())->matches_nothing());
    structured.match_labels["tier"] = "front";
    structured.match_expressions.push_back({"app", "In", {"web", "api"}, {}});
    structured.match_expressions.push_back({"old", "DoesNotExist", {}, {}});
    CHECK(shown(structured) == "app in (api,web),!old,tier=front");
    CHECK(to_selector(structured)->matches(labels{{"app", "api"}, {"tier", "front"}}));
    structured.match_expressions.back().operator_ = "Gt";
    CHECK(to_selector(structured).error().message == "\"Gt\" is not a valid label selector operator");
    CHECK(shown(structured) == "<error>");
    structured.match_expressions.back().operator_ = "NotIn";
    CHECK(to_selector(structured).error().message ==
          "values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty");
}

TEST_CASE("long lists are sorted as well") {
    auto text = std::string("a in (");
    for (auto i = 300; i > 0; --i) text += std::to_string(i % 100 + 100) + ",";
    text += "zz)";
    auto const s = of(text);
    REQUIRE(s.requirements().front().values.size() == 101);
    CHECK(s.requirements().front().values.front() == "100");
    CHECK(s.requirements().front().values.back() == "zz");
}

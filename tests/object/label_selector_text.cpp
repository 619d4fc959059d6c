/// \file
/// Label selectors in messages.

#include <berth/object/label_selector_text.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a selector is printed as Go prints the structure") {
    auto s = object::boxed<object::label_selector>();
    CHECK(object::go_text(s) == "nil");
    s.engage().match_labels["app"] = "web";
    auto& e = s->match_expressions.emplace_back();
    e.key = "tier";
    e.operator_ = "In";
    e.values = {"a", "b"};
    CHECK(object::go_text(s) ==
          "&LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:[]"
          "LabelSelectorRequirement{LabelSelectorRequirement{Key:tier,Operator:In,Values:[a b],},},}");
}

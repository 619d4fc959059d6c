/// \file
/// Which questions are refused.

#include "../complaints.hpp"

#include <berth/kube/authorization/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a question is about a resource or about a path, with selectors that can be") {
    auto r = object::boxed<kube::resource_attributes>();
    auto p = object::boxed<kube::non_resource_attributes>();
    auto const said = [&] {
        return said_by([&](auto& errors) { kube::detail::validate_attributes(r, p, "one of them", errors); });
    };
    CHECK(said() == lines{"spec.resourceAttributes: Invalid value: null: one of them"});
    p.engage().path = "/x";
    CHECK(said().empty());
    auto& f = r.engage().field_selector.engage();
    f.requirements.emplace_back().operator_ = "In";
    f.raw_selector = "a=b";
    r->label_selector.engage();
    CHECK(said() ==
          lines{"spec.nonResourceAttributes: Invalid value: {\"Path\":\"/x\",\"Verb\":\"\"}: cannot be "
                "specified in combination with resourceAttributes",
                "spec.resourceAttributes.fieldSelector.rawSelector: Invalid value: \"a=b\": may not "
                "specified at the same time as requirements",
                "spec.resourceAttributes.fieldSelector.requirements[0].key: Required value: must be "
                "specified",
                "spec.resourceAttributes.fieldSelector.requirements[0].values: Required value: must be "
                "specified when `operator` is 'In' or 'NotIn'",
                "spec.resourceAttributes.labelSelector.requirements: Required value: when "
                "spec.resourceAttributes.labelSelector is specified, requirements or rawSelector is "
                "required"});
}

TEST_CASE("a question has no name") {
    auto m = object::meta();
    m.namespace_ = "t";
    auto const said = [&](bool namespaced) {
        return said_by([&](auto& errors) { kube::detail::validate_review_metadata(m, namespaced, errors); });
    };
    CHECK(said(true).empty());
    CHECK(said(false) == lines{R"(metadata: Invalid value: {"namespace":"t"}: must be empty)"});
}

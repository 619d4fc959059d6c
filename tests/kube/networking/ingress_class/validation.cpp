/// \file
/// Which classes of ingresses are refused.

#include "../../complaints.hpp"

#include <berth/kube/networking/ingress_class/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a class has a controller, and parameters with a scope") {
    auto c = named<kube::ingress_class>();
    c.spec.controller = "example.com/fast";
    CHECK(complaints(c).empty());
    auto& p = c.spec.parameters.engage();
    p.kind = "Settings";
    p.name = "a";
    p.scope = std::string("Namespace");
    CHECK(complaints(c) == lines{"spec.parameters.namespace: Required value: `parameters.scope` is set to "
                                 "'Namespace'"});
    p.scope = std::string("Cluster");
    p.namespace_ = std::string("t");
    CHECK(complaints(c) ==
          lines{"spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'"});
    p = {{}, {}, {}, std::string("World"), {}, {}};
    CHECK(complaints(c) == lines{"spec.parameters.kind: Required value: kind is required",
                                 "spec.parameters.name: Required value: name is required",
                                 "spec.parameters.scope: Unsupported value: \"World\": supported values: "
                                 "\"Cluster\", \"Namespace\""});
    c.spec.parameters.reset();
    auto other = c;
    other.spec.controller = "fast";
    CHECK(complaints(other, c) == lines{"spec.controller: Invalid value: \"fast\": must be a domain-prefixed "
                                        "path (such as \"acme.io/foo\")",
                                        "spec.controller: Invalid value: \"fast\": field is immutable"});
}

/// \file
/// Bindings: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/core/binding/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a pod is bound to a node that has a name") {
    auto b = kube::binding();
    CHECK(complaints(b) == lines{"target.name: Required value"});
    b.target.name = "n";
    CHECK(complaints(b).empty());
    b.target.kind = "Node";
    CHECK(complaints(b).empty());
    b.target.kind = "Pod";
    CHECK(complaints(b) ==
          lines{"target.kind: Unsupported value: \"Pod\": supported values: \"Node\", \"<empty>\""});
}

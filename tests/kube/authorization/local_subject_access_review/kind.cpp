/// \file
/// How it is answered whether somebody may do something in a namespace.

#include "../../complaints.hpp"
#include "../../review.hpp"

#include <berth/kube/authorization/local_subject_access_review/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a question about a namespace is about resources in it") {
    auto r = kube::local_subject_access_review();
    r.metadata.namespace_ = "t";
    r.spec.user = "ann";
    r.spec.resource_attributes.engage().namespace_ = "other";
    CHECK(
        complaints(r) ==
        lines{"spec.resourceAttributes.namespace: Invalid value: \"other\": must match metadata.namespace"});
    r.spec.resource_attributes.reset();
    r.spec.non_resource_attributes.engage().path = "/x";
    CHECK(complaints(r) ==
          lines{"spec.nonResourceAttributes: Invalid value: {\"Path\":\"/x\",\"Verb\":\"\"}: "
                "disallowed on this kind of request"});
    CHECK(answer(kube::local_subject_access_review_kind(), r)->status.allowed);
}

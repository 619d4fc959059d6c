/// \file
/// How it is answered whether one may do something oneself.

#include "../../complaints.hpp"
#include "../../review.hpp"

#include <berth/kube/authorization/self_subject_access_review/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("one may do everything, but must ask something") {
    auto r = kube::self_subject_access_review();
    CHECK(complaints(r).size() == 1);
    r.spec.non_resource_attributes.engage().path = "/x";
    CHECK(complaints(r).empty());
    CHECK(answer(kube::self_subject_access_review_kind(), r)->status.allowed);
}

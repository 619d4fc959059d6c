/// \file
/// How it is answered whether somebody may do something.

#include "../../complaints.hpp"
#include "../../review.hpp"

#include <berth/kube/authorization/subject_access_review/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("somebody is named, and may do everything") {
    auto r = kube::subject_access_review();
    r.spec.resource_attributes.engage().verb = "get";
    CHECK(complaints(r) ==
          lines{"spec.user: Invalid value: \"\": at least one of user or group must be specified"});
    r.spec.groups = {"g"};
    CHECK(complaints(r).empty());
    CHECK(answer(kube::subject_access_review_kind(), r)->status.allowed);
}

/// \file
/// How it is answered what one may do.

#include "../../review.hpp"

#include <berth/kube/authorization/self_subject_rules_review/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("one may do everything in a namespace that is named") {
    auto r = kube::self_subject_rules_review();
    CHECK(answer(kube::self_subject_rules_review_kind(), r).error().code == error_code::bad_request);
    r.spec.namespace_ = "t";
    auto const said = answer(kube::self_subject_rules_review_kind(), r);
    REQUIRE(said);
    CHECK(said->status.resource_rules[0].verbs == std::vector<std::string>{"*"});
    CHECK_FALSE(said->status.incomplete);
}

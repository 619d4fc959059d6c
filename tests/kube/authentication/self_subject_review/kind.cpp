/// \file
/// How reviews of oneself are answered.

#include "../../review.hpp"

#include <berth/kube/authentication/self_subject_review/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("who asks who it is, is told") {
    auto const said = answer(kube::self_subject_review_kind(), kube::self_subject_review());
    REQUIRE(said);
    CHECK(said->status.user_info.username == "ann");
}

/// \file
/// Controller revisions: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/apps/controller_revision/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a controller revision keeps something, under a number, and keeps it for ever") {
    auto r = named<kube::controller_revision>();
    r.revision = -1;
    CHECK(complaints(r) == lines{"data: Required value: data is mandatory",
                                 "revision: Invalid value: -1: must be greater than or equal to 0"});
    r.data.text = "{\"a\":1}";
    r.revision = 1;
    auto now = r;
    now.revision = 2;
    CHECK(complaints(now, r).empty());
    now.data.text = "{\"a\":2}";
    CHECK(complaints(now, r) == lines{"data: Invalid value: {\"a\":2}: field is immutable"});
}

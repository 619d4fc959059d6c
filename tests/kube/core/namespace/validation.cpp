/// \file
/// Namespaces: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/core/namespace/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the finalizers of a namespace are known or qualified") {
    auto n = named<kube::namespace_>();
    n.spec.finalizers = {"kubernetes", "example.com/x", "mine"};
    CHECK(complaints(n) ==
          lines{"spec.finalizers: Invalid value: \"mine\": name is neither a standard finalizer "
                "name nor is it fully qualified"});
}

TEST_CASE("a namespace is going away exactly if it is being deleted") {
    auto now = named<kube::namespace_>();
    now.status.phase = "Terminating";
    CHECK(status_complaints(now, now) == lines{"status.Phase: Invalid value: \"Terminating\": may only be "
                                               "'Active' if `deletionTimestamp` is empty"});
    now.metadata.deletion_timestamp = object::timestamp(time_point::from_unix_seconds(1));
    CHECK(status_complaints(now, now).empty());
    now.status.phase = "Active";
    CHECK(status_complaints(now, now) == lines{"status.Phase: Invalid value: \"Active\": may only be "
                                               "'Terminating' if `deletionTimestamp` is not empty"});
}

/// \file
/// Events: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/core/event/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("events agree with their namespace") {
    auto e = named<kube::event>();
    CHECK(complaints(e) ==
          lines{"involvedObject.namespace: Invalid value: \"\": does not match event.namespace"});
    e.involved_object.namespace_ = "t";
    CHECK(complaints(e).empty());
}

TEST_CASE("events about objects of the cluster are in the default namespace") {
    auto e = named<kube::event>();
    e.metadata.namespace_ = "default";
    CHECK(complaints(e).empty());
    e.metadata.namespace_ = "kube-system";
    CHECK(complaints(e).size() == 1);
}

TEST_CASE("events of the newer sort say who reports what") {
    auto e = named<kube::event>();
    e.involved_object.namespace_ = "t";
    e.event_time = object::micro_timestamp(time_point::from_unix_seconds(1));
    CHECK(complaints(e).size() == 6);
    e.reporting_component = "example.com/x";
    e.reporting_instance = "x-1";
    e.action = "Binding";
    e.reason = "Scheduled";
    CHECK(complaints(e).empty());
    e.message = std::string(1025, 'm');
    CHECK(complaints(e) == lines{"message: Invalid value: \"\": can have at most 1024 characters"});
}

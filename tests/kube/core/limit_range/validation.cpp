/// \file
/// Limit ranges: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/core/limit_range/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto item(std::string type) -> kube::limit_range_item {
    auto out = kube::limit_range_item();
    out.type = std::move(type);
    return out;
}

auto of(kube::limit_range_item one) -> lines {
    auto l = kube::limit_range();
    l.spec.limits.push_back(std::move(one));
    return complaints(l);
}

} // namespace

TEST_CASE("the bounds of a limit range hold its defaults between them") {
    auto i = item("Container");
    i.min["cpu"] = quantity("2");
    i.max["cpu"] = quantity("1");
    i.default_["cpu"] = quantity("1");
    i.default_request["cpu"] = quantity("1500m");
    CHECK(of(i) ==
          lines{"spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1",
                "spec.limits[0].defaultRequest[cpu]: Invalid value: \"1500m\": min value 2 is greater "
                "than default request value 1500m",
                "spec.limits[0].defaultRequest[cpu]: Invalid value: \"1500m\": default request value "
                "1500m is greater than max value 1",
                "spec.limits[0].defaultRequest[cpu]: Invalid value: \"1500m\": default request value "
                "1500m is greater than default limit value 1",
                "spec.limits[0].default[cpu]: Invalid value: \"2\": min value 2 is greater than "
                "default value 1"});
}

TEST_CASE("the ratio of limits and requests can be reached within the bounds") {
    auto i = item("Container");
    i.min["cpu"] = quantity("2");
    i.max["cpu"] = quantity("4");
    i.max_limit_request_ratio["cpu"] = quantity("9");
    CHECK(of(i) == lines{"spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: \"9\": ratio 9 is greater "
                         "than max/min = 2.000000"});
    i.max_limit_request_ratio["cpu"] = quantity("500m");
    CHECK(
        of(i) ==
        lines{
            "spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: \"500m\": ratio 500m is less than 1"});
}

TEST_CASE("ratios are told as Go prints them") {
    CHECK(kube::detail::shown_ratio(-300) == "-300.000000");
    CHECK(kube::detail::shown_ratio(1.0 / 0.0) == "+Inf");
    CHECK(kube::detail::shown_ratio(-1.0 / 0.0) == "-Inf");
    CHECK(kube::detail::shown_ratio(0.0 / 0.0) == "NaN");
}

TEST_CASE("pods have no defaults, claims a bound on storage, and resources names") {
    auto pods = item("Pod");
    pods.default_["cpu"] = quantity("1");
    CHECK(of(pods) == lines{"spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'"});
    CHECK(
        of(item("PersistentVolumeClaim")) ==
        lines{
            "spec.limits[0].limits: Required value: either minimum or maximum storage value is required, but "
            "neither was provided"});
    auto odd = item("Container");
    odd.max["storage"] = quantity("1");
    CHECK(of(odd) ==
          lines{"spec.limits[0].max[storage]: Invalid value: \"storage\": must be a standard resource "
                "for containers"});
    auto devices = item("Container");
    devices.default_["example.com/gpu"] = quantity("2");
    devices.default_request["example.com/gpu"] = quantity("1");
    CHECK(of(devices) ==
          lines{"spec.limits[0].defaultRequest[example.com/gpu]: Invalid value: \"1\": default "
                "value 2 must equal to defaultRequest value 1 in example.com/gpu"});
}

TEST_CASE("each sort of objects is bounded once, and by a name that is known") {
    auto l = kube::limit_range();
    l.spec.limits.push_back(item("Pod"));
    l.spec.limits.push_back(item("Pod"));
    l.spec.limits.push_back(item("Percent"));
    l.spec.limits.push_back(item("example.com/boat"));
    CHECK(complaints(l) ==
          lines{"spec.limits[1].type: Duplicate value: \"Pod\"",
                "spec.limits[2].type: Invalid value: \"Percent\": must be a standard limit type "
                "or fully qualified"});
    CHECK(complaints(l, l) == complaints(l));
}

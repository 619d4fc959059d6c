/// \file
/// Values in refusals, as the server's internal types show them.

#include "../../complaints.hpp"

#include <berth/kube/core/pod/affinity.hpp>
#include <berth/kube/core/pod/volume.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("names are those that the members have in Go") {
    using kube::detail::internal_name;
    CHECK(internal_name("hostPath") == "HostPath");
    CHECK(internal_name("tty") == "TTY");
    CHECK(internal_name("dnsPolicy") == "DNSPolicy");
    CHECK(internal_name("fsType") == "FSType");
}

TEST_CASE("all members are shown, absent ones too") {
    auto t = kube::toleration();
    t.key = "a";
    CHECK(kube::detail::shown_internal(t).text() ==
          R"({"Key":"a","Operator":"","Value":"","Effect":"","TolerationSeconds":null})");
    CHECK(kube::detail::shown_internal(std::vector<kube::toleration>()).text() == "null");
    CHECK(kube::detail::shown_internal(object::string_map()).text() == "null");
}

TEST_CASE("members of a volume are shown in the order of the internal type") {
    auto const text = kube::detail::shown_internal(kube::volume()).text();
    CHECK(text.find("\"Quobyte\"") < text.find("\"FlexVolume\""));
    CHECK(text.find("\"Projected\"") < text.find("\"PortworxVolume\""));
}

/// \file
/// Services: what is refused at birth, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/core/service/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto sound_service() -> kube::service {
    auto s = named<kube::service>();
    s.spec.ports.emplace_back().port = 80;
    set_defaults(s);
    return s;
}

} // namespace

TEST_CASE("services with defaults are sound") { CHECK(complaints(sound_service()).empty()); }

TEST_CASE("several ports of a service need names, and each port is there once") {
    auto s = sound_service();
    s.spec.ports.push_back(s.spec.ports[0]);
    CHECK(complaints(s) ==
          lines{"spec.ports[0].name: Required value", "spec.ports[1].name: Required value",
                "spec.ports[1]: Duplicate value: {\"Name\":\"\",\"Protocol\":\"TCP\",\"AppProtocol\":"
                "null,\"Port\":80,\"TargetPort\":0,\"NodePort\":0}"});
}

TEST_CASE("names of external services are names of hosts") {
    auto s = sound_service();
    s.spec.type = "ExternalName";
    CHECK(complaints(s) == lines{"spec.externalName: Required value"});
    s.spec.external_name = "example.com.";
    CHECK(complaints(s).empty());
}

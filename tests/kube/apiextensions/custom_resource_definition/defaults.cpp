/// \file
/// What a definition does not say.

#include "definitions.hpp"

#include <berth/kube/apiextensions/custom_resource_definition/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("names follow from the kind, and nothing is converted") {
    auto d = kube::custom_resource_definition();
    d.spec.names.kind = "WaterWheel";
    kube::set_defaults(d);
    CHECK(d.spec.names.singular == "waterwheel");
    CHECK(d.spec.names.list_kind == "WaterWheelList");
    CHECK(d.spec.conversion->strategy == "None");
}

TEST_CASE("a webhook is asked over HTTPS") {
    auto d = kube::custom_resource_definition();
    d.spec.conversion.engage().webhook.engage().client_config.engage().service.engage().name = "s";
    kube::set_defaults(d);
    CHECK(d.spec.conversion->webhook->client_config->service->port == 443);
}

TEST_CASE("the version that is stored counts as stored where nothing else does") {
    auto d = test::ships();
    d.status.stored_versions.clear();
    kube::set_defaults(d);
    CHECK(d.status.stored_versions == std::vector<std::string>{"v1"});
    d.status.stored_versions = {"v0"};
    kube::set_defaults(d);
    CHECK(d.status.stored_versions == std::vector<std::string>{"v0"});
}

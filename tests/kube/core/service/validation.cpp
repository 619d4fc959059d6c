/// \file
/// Services: what is refused at birth, where and in which words.

#include "sound_service.hpp"

#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/config_map/validation.hpp>
#include <berth/kube/core/node/validation.hpp>
#include <berth/kube/core/service/validation.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>

using namespace test;

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

TEST_CASE("long lists of nonsense cost their length, and the answer stays short") {
    constexpr auto plenty = std::size_t{20'000};
    auto const check = [](auto const& value, auto const&... before) {
        auto errors = api::field_errors();
        if constexpr (sizeof...(before) == 0) validate(value, errors);
        else validate_update(value, before..., errors);
        CHECK(errors.causes().size() <= api::field_errors::most);
        return errors.size();
    };
    auto ports = sound_service();
    ports.spec.ports.clear();
    for (std::size_t i = 0; i < plenty; ++i) ports.spec.ports.emplace_back().port = static_cast<int>(i);
    CHECK(check(ports) > plenty);
    auto goes = named<kube::config_map>();
    goes.metadata.deletion_timestamp = object::timestamp(time_point{});
    auto more = goes;
    for (std::size_t i = 0; i < plenty; ++i) {
        goes.metadata.finalizers.push_back("a/" + std::to_string(i));
        more.metadata.finalizers.push_back("a/" + std::to_string(i));
    }
    more.metadata.finalizers.push_back("b/c");
    auto errors = api::field_errors();
    api::validate_metadata_change(more.metadata, goes.metadata, true, {}, false, errors);
    CHECK(errors.size() == 2);
    auto tainted = named<kube::node>();
    for (std::size_t i = 0; i < plenty; ++i) {
        auto& t = tainted.spec.taints.emplace_back();
        t.key = "k" + std::to_string(i);
        t.effect = "NoExecute";
        tainted.status.addresses.emplace_back().address = std::to_string(i);
    }
    CHECK(check(tainted) == 0);
}

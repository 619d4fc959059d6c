/// \file
/// Variables of containers: what is refused, where and in which words.

#include "../../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/validation/environment.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a variable has a name of printable characters") {
    auto p = sound_pod();
    auto& env = p.spec.containers[0].env;
    env.resize(2);
    env[1].name = "a=b";
    CHECK(
        complaints(p) ==
        lines{
            "spec.containers[0].env[0].name: Required value",
            "spec.containers[0].env[1].name: Invalid value: \"a=b\": a valid environment variable name must "
            "consist only of printable ASCII characters other than '='"});
}

TEST_CASE("a variable has its value from one place") {
    auto p = sound_pod();
    auto& v = p.spec.containers[0].env.emplace_back();
    v.name = "A";
    v.value_from.engage();
    constexpr auto at = "spec.containers[0].env[0].valueFrom: Invalid value: \"\": ";
    CHECK(complaints(p) == lines{at + std::string("must specify one of: `fieldRef`, `resourceFieldRef`, "
                                                  "`configMapKeyRef`, `secretKeyRef` or `fileKeyRef`")});
    auto& key = v.value_from->secret_key_ref.engage();
    key.name = "s";
    key.key = "k";
    CHECK(complaints(p).empty());
    v.value = "1";
    CHECK(complaints(p) == lines{at + std::string("may not be specified when `value` is not empty")});
}

TEST_CASE("sources of many variables are config maps or secrets") {
    auto p = sound_pod();
    auto& from = p.spec.containers[0].env_from.emplace_back();
    CHECK(complaints(p).size() == 1);
    from.secret_ref.engage();
    CHECK(complaints(p) == lines{"spec.containers[0].envFrom[0].secretRef.name: Required value"});
}

/// \file
/// Where objects are in the store.

#include <berth/api/key_space.hpp>

#include <catch2/catch_test_macros.hpp>

namespace api = berth::api;
using berth::object::resource_name;

TEST_CASE("keys are those of kube-apiserver") {
    constexpr auto pods = resource_name{"", "v1", "Pod", "pods", "pod", true};
    constexpr auto deployments = resource_name{"apps", "v1", "Deployment", "deployments", "deployment", true};
    constexpr auto nodes = resource_name{"", "v1", "Node", "nodes", "node", false};
    CHECK(api::key_prefix(pods) == "/registry/pods/");
    CHECK(api::key_prefix(pods, "default") == "/registry/pods/default/");
    CHECK(api::key_of(pods, {"default", "a"}) == "/registry/pods/default/a");
    CHECK(api::key_of(deployments, {"default", "web"}) == "/registry/apps/deployments/default/web");
    CHECK(api::key_of(nodes, {"", "n"}) == "/registry/nodes/n");
}

TEST_CASE("a kind of the cluster has no namespace in its keys, whatever is said") {
    constexpr auto nodes = resource_name{"", "v1", "Node", "nodes", "node", false};
    CHECK(api::key_of(nodes, {"default", "n"}) == "/registry/nodes/n");
}

TEST_CASE("the prefix of a namespace is none of a namespace with a longer name") {
    constexpr auto pods = resource_name{"", "v1", "Pod", "pods", "pod", true};
    CHECK_FALSE(api::key_of(pods, {"default-2", "a"}).starts_with(api::key_prefix(pods, "default")));
}

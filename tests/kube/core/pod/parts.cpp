/// \file
/// Parts of pods that are written by themselves.

#include "../../complaints.hpp"

#include <berth/kube/core/pod/defaults.hpp>
#include <berth/kube/core/pod/parts.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto running() -> kube::pod {
    auto p = named<kube::pod>("p");
    auto& c = p.spec.containers.emplace_back();
    c.name = "main";
    c.image = "app";
    c.resources.requests["cpu"] = quantity("1");
    c.resources.limits["memory"] = quantity("1Gi");
    set_defaults(p);
    p.metadata.generation = 1;
    return p;
}

auto looking(std::string image) -> kube::ephemeral_container {
    auto out = kube::ephemeral_container();
    out.common.name = "debug";
    out.common.image = std::move(image);
    return out;
}

auto with_debugger(std::string image) -> kube::pod {
    auto p = running();
    p.spec.ephemeral_containers.push_back(looking(std::move(image)));
    set_defaults(p);
    return p;
}

auto ephemeral(kube::pod const& now, kube::pod const& before) -> lines {
    return said_by([&](auto& errors) { kube::detail::validate_ephemeral(now, before, errors); });
}

auto resized(kube::pod const& now, kube::pod const& before) -> lines {
    return said_by([&](auto& errors) { kube::detail::validate_resize(now, before, errors); });
}

auto first_line(std::string const& text) -> std::string { return text.substr(0, text.find('\n')); }

} // namespace

TEST_CASE("a container for a look inside comes without anything else, and is a new generation") {
    auto const before = running();
    auto now = with_debugger("tools");
    now.spec.containers[0].image = "other";
    kube::detail::prepare_ephemeral(now, before);
    CHECK(now.spec.containers[0].image == "app");
    CHECK(now.spec.ephemeral_containers.size() == 1);
    CHECK(now.metadata.generation == 2);
    CHECK(ephemeral(now, before).empty());
}

TEST_CASE("a container for a look inside neither changes nor goes") {
    auto const before = with_debugger("tools");
    auto const changed = ephemeral(with_debugger("others"), before);
    REQUIRE(changed.size() == 1);
    CHECK(first_line(changed[0]) == "spec.ephemeralContainers[0]: Forbidden: existing ephemeral containers "
                                    "\"debug\" may not be changed");
    CHECK(ephemeral(running(), before) ==
          lines{"spec.ephemeralContainers: Forbidden: existing ephemeral containers \"debug\" may not be "
                "removed\n"});
}

TEST_CASE("pods that a node made by itself are neither looked into nor resized") {
    auto p = running();
    p.metadata.annotations["kubernetes.io/config.mirror"] = "x";
    CHECK(ephemeral(p, p).back() == ": Forbidden: static pods do not support ephemeral containers");
    CHECK(resized(p, p).back() == ": Forbidden: static pods cannot be resized");
}

TEST_CASE("containers get more or less, and nothing else") {
    auto const before = running();
    auto now = before;
    now.spec.containers[0].resources.requests["cpu"] = quantity("2");
    now.spec.hostname = "h";
    kube::detail::prepare_resize(now, before);
    CHECK(now.spec.hostname.empty());
    CHECK(now.metadata.generation == 2);
    CHECK(resized(now, before).empty());
}

TEST_CASE("what a container has asked for stays asked for, and only cpu and memory change") {
    auto const before = running();
    auto now = before;
    now.spec.containers[0].resources.requests = {};
    now.spec.containers[0].resources.requests["memory"] = quantity("1Gi");
    CHECK(resized(now, before) == lines{"spec.containers[0].resources.requests: Forbidden: resource requests "
                                        "cannot be removed"});
    auto other = before;
    other.spec.containers[0].resources.limits["ephemeral-storage"] = quantity("1Gi");
    auto const told = resized(other, before);
    REQUIRE(told.size() == 1);
    CHECK(first_line(told[0]) == "spec: Forbidden: only cpu and memory resources are mutable");
}

TEST_CASE("a resized pod keeps its class of service") {
    auto const before = running();
    auto now = before;
    now.spec.containers[0].resources.limits["cpu"] = quantity("1");
    CHECK(resized(now, before) == lines{"spec: Invalid value: \"Guaranteed\": Pod QOS Class may not change "
                                        "as a "
                                        "result of resizing"});
}

TEST_CASE("a node that does not tell what its containers have cannot resize them") {
    auto p = running();
    p.status.container_statuses.emplace_back().state.running.engage();
    CHECK(resized(p, p) == lines{"spec: Forbidden: Pod running on node without support for resize"});
}

#pragma once

/// \file
/// The kinds, nodes and pods of the scheduler's benchmarks.

#include <berth/api/registry.hpp>
#include <berth/kube/core/binding/type.hpp>
#include <berth/kube/schedule/scheduler.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace bench {

using namespace berth;

inline constexpr auto start = time_point::from_unix_seconds(1'767'225'600);

inline auto bind(kube::pod& p, void const* body, api::action_context const&) -> result<object::any_object> {
    p.spec.node_name = static_cast<kube::binding const*>(body)->target.name;
    return object::any_object();
}

inline auto make_kinds() -> api::registry {
    auto out = api::registry();
    auto pods = api::kind_of<kube::pod>{};
    pods.subresources = {api::action_of<kube::pod>{"binding", &object::type_of<kube::binding>(), &bind}};
    out.add(std::move(pods));
    out.add(api::kind_of<kube::node>{});
    kube::catalogue().each([&]<class T>(kube::shelf<T>&) { out.add(api::kind_of<T>{}); });
    return out;
}

/// A node of 64 processors and 256 GiB, with room for 110 pods.
inline auto make_node(std::int64_t i) -> kube::node {
    auto n = kube::node{};
    n.metadata.name = "node-" + std::to_string(i);
    n.metadata.labels["kubernetes.io/hostname"] = n.metadata.name;
    n.status.allocatable["cpu"] = object::quantity::of(64);
    n.status.allocatable["memory"] = object::quantity::of(std::int64_t{256} << 30U);
    n.status.allocatable["pods"] = object::quantity::of(110);
    return n;
}

/// A pod that asks for a tenth of a processor and 128 MiB.
inline auto make_pod(std::int64_t i) -> kube::pod {
    auto p = kube::pod{};
    p.metadata.name = "pod-" + std::to_string(i);
    p.metadata.namespace_ = "default";
    p.metadata.uid = std::to_string(i);
    auto& c = p.spec.containers.emplace_back();
    c.name = "main";
    c.resources.requests["cpu"] = object::quantity::of_milli(100);
    c.resources.requests["memory"] = object::quantity::of(std::int64_t{128} << 20U);
    return p;
}

} // namespace bench

#pragma once

/// \file
/// The bodies of `berth/kube/bootstrap.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/bootstrap.hpp>
#include <berth/kube/core/namespace/type.hpp>
#include <berth/kube/core/service/type.hpp>
#include <berth/kube/rbac/bootstrap_policy.hpp>
#include <berth/kube/scheduling/priority_class/type.hpp>

#include <utility>

namespace berth::kube {
namespace detail {

/// Creates an object, unless one of its name is there already.
template <object::kind_type T> auto ensure(api::any_client const& client, T object) -> result<void> {
    auto const done = api::create(client, std::move(object));
    if (done || done.error().code == error_code::already_exists) return {};
    return std::unexpected(done.error());
}

inline auto system_namespace(std::string name) -> namespace_ {
    auto n = namespace_{};
    n.metadata.name = std::move(name);
    return n;
}

inline auto system_priority_class(std::string name, std::int32_t value, std::string description)
    -> priority_class {
    auto c = priority_class{};
    c.metadata.name = std::move(name);
    c.value = value;
    c.description = std::move(description);
    c.preemption_policy = std::string("PreemptLowerPriority");
    return c;
}

inline auto kubernetes_service(bootstrap_options const& o) -> service {
    auto s = service{};
    s.metadata.namespace_ = "default";
    s.metadata.name = "kubernetes";
    s.metadata.labels["component"] = "apiserver";
    s.metadata.labels["provider"] = "kubernetes";
    s.spec.type = "ClusterIP";
    s.spec.cluster_ip = o.address;
    s.spec.cluster_ips = {o.address};
    s.spec.ip_families = {o.address.find(':') == std::string::npos ? "IPv4" : "IPv6"};
    s.spec.ip_family_policy = std::string("SingleStack");
    s.spec.session_affinity = "None";
    auto& p = s.spec.ports.emplace_back();
    p.name = "https";
    p.protocol = "TCP";
    p.port = o.port;
    p.target_port = o.server_port;
    return s;
}

} // namespace detail

BERTH_DECL auto bootstrap(api::any_client const& client, bootstrap_options const& options) -> result<void> {
    for (auto const* const name : {"kube-system", "kube-public", "kube-node-lease", "default"})
        if (auto ok = detail::ensure(client, detail::system_namespace(name)); !ok) return ok;
    auto ok = detail::ensure(
        client, detail::system_priority_class(
                    "system-node-critical", 2'000'001'000,
                    "Used for system critical pods that must not be moved from their current node."));
    if (!ok) return ok;
    ok = detail::ensure(client,
                        detail::system_priority_class(
                            "system-cluster-critical", 2'000'000'000,
                            "Used for system critical pods that must run in the cluster, but can be moved to "
                            "another node if necessary."));
    if (!ok) return ok;
    ok = detail::ensure(client, detail::kubernetes_service(options));
    if (!ok || !options.policy) return ok;
    return restore(client, bootstrap_policy());
}

BERTH_DECL auto bootstrap_keeper::step(time_point now) -> wake {
    if (now >= due_) {
        if (bootstrap(client_, options_)) options_.policy = false; // its many objects are looked at once
        due_ = now + period_;
    }
    return wake::at(due_);
}

} // namespace berth::kube

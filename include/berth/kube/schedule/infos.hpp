#pragma once

/// \file
/// What the scheduler's plugins see: a pod that waits, and a node with the pods that it has.

#include <berth/kube/core/node/type.hpp>
#include <berth/kube/schedule/resources.hpp>
#include <berth/object/any_object.hpp>

#include <string>
#include <vector>

namespace berth::kube {

/// A port of the node that a pod occupies.
struct host_port {
    std::string ip; ///< `0.0.0.0`: all addresses
    std::string protocol;
    std::int32_t port = 0;

    /// Whether both cannot be on one node.
    [[nodiscard]] auto clashes(host_port const& other) const -> bool {
        auto const anywhere = ip == "0.0.0.0" || other.ip == "0.0.0.0";
        return port == other.port && protocol == other.protocol && (anywhere || ip == other.ip);
    }
    friend auto operator==(host_port const&, host_port const&) -> bool = default;
};

[[nodiscard]] inline auto host_ports_of(pod_spec const& spec) -> std::vector<host_port> {
    auto out = std::vector<host_port>();
    auto const add = [&](container const& c) {
        for (auto const& p : c.ports)
            if (p.host_port > 0)
                out.push_back({p.host_ip.empty() ? "0.0.0.0" : p.host_ip,
                               p.protocol.empty() ? "TCP" : p.protocol, p.host_port});
    };
    for (auto const& c : spec.containers) add(c);
    for (auto const& c : spec.init_containers)
        if (is_sidecar(c)) add(c);
    return out;
}

/// A pod, and what the plugins need of it, computed once.
struct pod_info {
    object::stored<pod> value;
    amounts request;
    amounts load; ///< the request with a little assumed where none is made
    std::vector<host_port> ports;

    pod_info() = default;
    explicit pod_info(object::stored<pod> p)
        : value(std::move(p)),
          request(request_of(value->spec)),
          load(request_of(value->spec, true)),
          ports(host_ports_of(value->spec)) {}

    [[nodiscard]] auto spec() const -> pod_spec const& { return value->spec; }
};

/// A node, and what its pods take of it.
struct node_info {
    object::stored<node> value;
    amounts allocatable;
    std::int64_t pod_limit = 0;
    amounts requested;
    amounts load;
    std::int64_t pods = 0;
    std::vector<host_port> ports;

    node_info() = default;
    explicit node_info(object::stored<node> n) { replace(std::move(n)); }

    /// The node has changed; its pods are the same.
    auto replace(object::stored<node> n) -> void {
        value = std::move(n);
        allocatable = amounts_of(value->status.allocatable);
        pod_limit = kube::pod_limit(value->status.allocatable);
    }
    auto add(pod_info const& p) -> void {
        requested += p.request;
        load += p.load;
        ++pods;
        ports.insert(ports.end(), p.ports.begin(), p.ports.end());
    }
    auto remove(pod_info const& p) -> void {
        requested -= p.request;
        load -= p.load;
        --pods;
        for (auto const& port : p.ports)
            if (auto const at = std::find(ports.begin(), ports.end(), port); at != ports.end())
                ports.erase(at);
    }

    [[nodiscard]] auto name() const -> std::string const& { return value->metadata.name; }
};

} // namespace berth::kube

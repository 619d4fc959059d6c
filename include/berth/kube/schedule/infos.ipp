#pragma once

/// \file
/// The bodies of `berth/kube/schedule/infos.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/pod_terms.hpp>

namespace berth::kube {

BERTH_DECL auto host_ports_of(pod_spec const& spec) -> std::vector<host_port> {
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

BERTH_DECL auto pod_info::spec() const -> pod_spec const& { return value->spec; }

BERTH_DECL auto pod_info::labels() const -> object::string_map const& { return value->metadata.labels; }

BERTH_DECL auto pod_info::priority() const -> std::int32_t { return value->spec.priority.value_or(0); }

BERTH_DECL auto node_info::replace(object::stored<node> n) -> void {
    value = std::move(n);
    allocatable = amounts_of(value->status.allocatable);
    pod_limit = kube::pod_limit(value->status.allocatable);
}

BERTH_DECL auto node_info::add(pod_handle p) -> void {
    requested += p->request;
    load += p->load;
    for (auto const& port : p->ports)
        if (std::find(ports.begin(), ports.end(), port) == ports.end()) ports.push_back(port);
    if (p->terms) with_terms.push_back(p);
    pods.push_back(std::move(p));
}

BERTH_DECL auto node_info::add(pod_info p) -> void { add(std::make_shared<pod_info const>(std::move(p))); }

BERTH_DECL auto node_info::remove(std::string_view uid) -> void {
    auto const at =
        std::find_if(pods.begin(), pods.end(), [&](auto const& p) { return p->value->metadata.uid == uid; });
    if (at == pods.end()) return;
    auto const p = std::exchange(*at, pods.back());
    pods.pop_back();
    requested -= p->request;
    load -= p->load;
    for (auto const& port : p->ports)
        if (auto const taken = std::find(ports.begin(), ports.end(), port); taken != ports.end())
            ports.erase(taken);
    if (p->terms) std::erase(with_terms, p);
}

BERTH_DECL auto node_info::remove(pod_info const& p) -> void { remove(p.value->metadata.uid); }

BERTH_DECL auto node_info::replace(pod_handle const& before, pod_handle now) -> void {
    std::replace(with_terms.begin(), with_terms.end(), before, now);
    std::replace(pods.begin(), pods.end(), before, now);
}

BERTH_DECL auto node_info::same_node(node_info const& other) const -> bool {
    return value && other.value && value.ref().object.same(other.value.ref().object);
}

BERTH_DECL auto node_info::name() const -> std::string const& { return value->metadata.name; }

} // namespace berth::kube

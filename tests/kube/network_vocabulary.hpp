#pragma once

/// \file
/// The words in which tests speak of services, and of pods that are reached through them.

#include "vocabulary.hpp"

#include <berth/kube/core/endpoints/type.hpp>
#include <berth/kube/core/service/type.hpp>
#include <berth/kube/discovery/endpoint_slice/type.hpp>

#include <string>
#include <utility>

namespace test {

/// A service that selects `app=NAME` and has one address.
class make_service : public maker<make_service, kube::service> {
public:
    explicit make_service(std::string name) : maker(name) {
        value_.spec.type = "ClusterIP";
        value_.spec.cluster_ip = "10.0.0.10";
        value_.spec.ip_families.emplace_back("IPv4");
        value_.spec.selector["app"] = std::move(name);
    }
    auto port(std::string name, object::int_or_string target, std::string protocol = "TCP") -> make_service& {
        return with([&](kube::service& s) {
            auto& p = s.spec.ports.emplace_back();
            p.name = std::move(name);
            p.port = 80;
            p.protocol = std::move(protocol);
            p.target_port = std::move(target);
        });
    }
    auto headless() -> make_service& {
        return with([](kube::service& s) { s.spec.cluster_ip = "None"; });
    }
    auto eager() -> make_service& {
        return with([](kube::service& s) { s.spec.publish_not_ready_addresses = true; });
    }
    auto family(std::string name) -> make_service& {
        return with([&](kube::service& s) { s.spec.ip_families.push_back(std::move(name)); });
    }
    auto without_selector() -> make_service& {
        return with([](kube::service& s) { s.spec.selector.clear(); });
    }
};

/// A pod `app=web` on the node `n` that runs at an address.
inline auto backend(std::string name, std::string ip) -> make_pod {
    return make_pod(std::move(name)).label("app", "web").on("n").phase("Running").with([&](kube::pod& p) {
        p.status.pod_ip = ip;
        p.status.pod_ips.emplace_back().ip = ip;
    });
}

/// Names a port of a pod's container.
inline auto named_port(std::string name, std::int32_t number) {
    return [name = std::move(name), number](kube::pod& p) {
        auto& port = p.spec.containers[0].ports.emplace_back();
        port.name = name;
        port.port = number;
        port.protocol = "TCP";
    };
}

} // namespace test

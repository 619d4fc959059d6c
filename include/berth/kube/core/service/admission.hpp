#pragma once

/// \file
/// Addresses and node ports of services (kubernetes 1.36, `pkg/registry/core/service/storage/alloc.go`): each
/// service gets one of the service range that no other has, or the one it asks for.

#include <berth/api/admission.hpp>
#include <berth/api/errors.hpp>
#include <berth/api/validation.hpp>
#include <berth/core/random.hpp>
#include <berth/kube/core/service/type.hpp>

#include <memory>
#include <mutex>
#include <set>

namespace berth::kube {

namespace detail {

/// Addresses 10.0.0.1 to 10.0.0.254 and ports 30000 to 32767. What is in use is read off the services that
/// exist; what was just handed out is remembered, for its service may not have been written yet.
class service_addresses {
public:
    explicit service_addresses(std::uint64_t seed) : draw_(seed) {}

    /// `before`: the service as it was; null if it is new.
    auto settle(service& s, service const* before, api::admission_request& r,
                api::admission_world const& world) -> result<void> {
        auto const lock = std::scoped_lock(mutex_);
        if (auto ok = look(s, world); !ok) return ok;
        if (before != nullptr) {
            keep(*before);
            carry_ports(s, *before);
        }
        if (auto ok = settle_address(s, r); !ok) return ok;
        return settle_ports(s, r);
    }

private:
    static constexpr std::uint64_t hosts = 254;
    static constexpr std::int32_t first_port = 30000;
    static constexpr std::int32_t port_count = 2768;
    static constexpr std::size_t remembered = 64;

    auto look(service const& own, api::admission_world const& world) -> result<void> {
        auto const all = world.list(service::resource);
        if (!all) return std::unexpected(all.error());
        addresses_ = {recent_addresses_.begin(), recent_addresses_.end()};
        ports_ = {recent_ports_.begin(), recent_ports_.end()};
        for (auto const& ref : *all) {
            auto const& other = ref.object.as<service>();
            if (other.metadata.name == own.metadata.name &&
                other.metadata.namespace_ == own.metadata.namespace_)
                continue;
            for (auto const& ip : other.spec.cluster_ips) addresses_.insert(ip);
            for (auto const& p : other.spec.ports) ports_.insert(p.node_port);
        }
        return {};
    }

    /// An update that leaves node ports out keeps those that the service has.
    static auto carry_ports(service& now, service const& before) -> void {
        if (!needs_ports(now) || !needs_ports(before)) return;
        for (auto& p : now.spec.ports)
            for (auto const& old : before.spec.ports)
                if (p.node_port == 0 && p.port == old.port && p.protocol == old.protocol)
                    p.node_port = old.node_port;
    }
    static auto needs_ports(service const& s) -> bool {
        return s.spec.type == "NodePort" ||
               (s.spec.type == "LoadBalancer" && s.spec.allocate_load_balancer_node_ports.value_or(true));
    }

    /// What a service has is its own, though it was handed out a moment ago.
    auto keep(service const& own) -> void {
        for (auto const& ip : own.spec.cluster_ips) addresses_.erase(ip);
        for (auto const& p : own.spec.ports) ports_.erase(p.node_port);
    }

    auto settle_address(service& s, api::admission_request& r) -> result<void> {
        auto& spec = s.spec;
        if (spec.type == "ExternalName") return {};
        if (spec.cluster_ip.empty() && !spec.cluster_ips.empty()) spec.cluster_ip = spec.cluster_ips.front();
        auto const given = !spec.cluster_ip.empty();
        if (given && spec.cluster_ip != "None" && addresses_.contains(spec.cluster_ip)) {
            auto errors = api::field_errors();
            auto const path = api::field_path("spec");
            auto const ips = path.child("clusterIPs");
            errors.invalid(ips, api::shown_value::bare("[\"" + spec.cluster_ip + "\"]"),
                           "failed to allocate IP " + spec.cluster_ip + ": provided IP is already allocated");
            return errors.refuse("", "Service", s.metadata.name);
        }
        for (auto tries = 0; spec.cluster_ip.empty() && tries < 10'000; ++tries) {
            auto ip = "10.0.0." + std::to_string(1 + draw_.below(hosts));
            if (!addresses_.contains(ip)) spec.cluster_ip = std::move(ip);
        }
        if (spec.cluster_ip.empty())
            return fail(error_code::internal, "failed to allocate a serviceIP: range is full");
        if (spec.cluster_ips.empty()) spec.cluster_ips = {spec.cluster_ip};
        if (spec.ip_families.empty()) spec.ip_families = {"IPv4"};
        if (!spec.ip_family_policy) spec.ip_family_policy = std::string("SingleStack");
        if (!given && !r.dry_run) remember(recent_addresses_, spec.cluster_ip);
        return {};
    }

    auto settle_ports(service& s, api::admission_request& r) -> result<void> {
        auto const needed =
            s.spec.type == "NodePort" ||
            (s.spec.type == "LoadBalancer" && s.spec.allocate_load_balancer_node_ports.value_or(true));
        auto errors = api::field_errors();
        auto const spec = api::field_path("spec");
        auto const list = spec.child("ports");
        for (std::size_t i = 0; i < s.spec.ports.size(); ++i) {
            auto& port = s.spec.ports[i];
            auto const at = list.index(i);
            if (port.node_port != 0 && ports_.contains(port.node_port))
                errors.invalid(at.child("nodePort"), port.node_port, "provided port is already allocated");
            while (needed && port.node_port == 0) {
                auto const drawn = first_port + static_cast<std::int32_t>(draw_.below(port_count));
                if (ports_.size() >= port_count)
                    return fail(error_code::internal, "failed to allocate a nodePort: range is full");
                if (!ports_.insert(drawn).second) continue;
                port.node_port = drawn;
                if (!r.dry_run) remember(recent_ports_, drawn);
            }
        }
        if (!errors.empty()) return errors.refuse("", "Service", s.metadata.name);
        return {};
    }

    template <class T> static auto remember(std::vector<T>& recent, T const& what) -> void {
        recent.push_back(what);
        if (recent.size() > remembered) recent.erase(recent.begin());
    }

    std::mutex mutex_;
    random draw_;
    std::set<std::string> addresses_;
    std::set<std::int32_t> ports_;
    std::vector<std::string> recent_addresses_;
    std::vector<std::int32_t> recent_ports_;
};

} // namespace detail

/// `seed` is of the draws.
[[nodiscard]] inline auto service_address_admission(std::uint64_t seed) -> api::admission {
    auto const pool = std::make_shared<detail::service_addresses>(seed);
    auto step = [pool](api::admission_request& r, api::admission_world const& world) -> result<void> {
        if (r.of.type != &object::type_of<service>() || r.object == nullptr || !r.subresource.empty())
            return {};
        auto& now = r.object->as<service>();
        if (r.op != api::admission_request::operation::update) return pool->settle(now, nullptr, r, world);
        auto const& before = r.before.as<service>();
        if (now.spec.cluster_ip.empty() && before.spec.type != "ExternalName")
            now.spec.cluster_ip = before.spec.cluster_ip;
        return pool->settle(now, &before, r, world);
    };
    return {"ServiceAddresses", std::move(step), {}};
}

} // namespace berth::kube

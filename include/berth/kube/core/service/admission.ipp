#pragma once

/// \file
/// The bodies of `berth/kube/core/service/admission.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/service/addresses.hpp>
#include <berth/kube/core/service/admission.hpp>
#include <berth/kube/core/service/validation.hpp>

#include <charconv>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string_view>
#include <system_error>

namespace berth::kube::detail {

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
        if (before != nullptr) keep(*before);
        auto errors = api::field_errors();
        adopt_addresses(s, before);
        settle_families(s, before, errors);
        if (!errors.empty()) return errors.refuse("", "Service", s.metadata.name);
        if (auto ok = settle_address(s, before, r); !ok) return ok;
        return settle_ports(s, before, r);
    }

private:
    static constexpr std::string_view network = "10.0.0.";
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
            ports_.insert(other.spec.health_check_node_port);
        }
        return {};
    }

    /// What a service has is its own, though it was handed out a moment ago.
    auto keep(service const& own) -> void {
        for (auto const& ip : own.spec.cluster_ips) addresses_.erase(ip);
        for (auto const& p : own.spec.ports) ports_.erase(p.node_port);
        ports_.erase(own.spec.health_check_node_port);
    }

    static auto is_in_range(std::string_view ip) -> bool {
        if (!ip.starts_with(network)) return false;
        ip.remove_prefix(network.size());
        auto host = std::uint64_t{0};
        auto const [end, problem] = std::from_chars(ip.data(), ip.data() + ip.size(), host);
        return problem == std::errc() && end == ip.data() + ip.size() && host >= 1 && host <= hosts;
    }

    /// Why a service cannot have the address that it asks for; empty if it can. What it had it keeps.
    auto why_not(std::string const& ip, service const* before) const -> std::string {
        if (addresses_.contains(ip)) return "provided IP is already allocated";
        if ((before != nullptr && before->spec.cluster_ip == ip) || is_in_range(ip)) return {};
        return "the provided IP (" + ip + ") is not in the valid range. The range of valid IPs is " +
               std::string(service_range);
    }

    auto settle_address(service& s, service const* before, api::admission_request& r) -> result<void> {
        auto& spec = s.spec;
        if (spec.type == "ExternalName") return {};
        auto const given = !spec.cluster_ip.empty();
        auto const why =
            given && spec.cluster_ip != "None" ? why_not(spec.cluster_ip, before) : std::string();
        if (!why.empty()) {
            auto errors = api::field_errors();
            auto const path = api::field_path("spec");
            auto const ips = path.child("clusterIPs");
            errors.invalid(ips, api::shown_value::bare("[\"" + spec.cluster_ip + "\"]"),
                           "failed to allocate IP " + spec.cluster_ip + ": " + why);
            return errors.refuse("", "Service", s.metadata.name);
        }
        for (auto tries = 0; spec.cluster_ip.empty() && tries < 10'000; ++tries) {
            auto ip = std::string(network) + std::to_string(1 + draw_.below(hosts));
            if (!addresses_.contains(ip)) spec.cluster_ip = std::move(ip);
        }
        if (spec.cluster_ip.empty())
            return fail(error_code::internal, "failed to allocate a serviceIP: range is full");
        if (spec.cluster_ips.empty()) spec.cluster_ips = {spec.cluster_ip};
        if (!given && !r.dry_run) remember(recent_addresses_, spec.cluster_ip);
        return {};
    }

    /// Ports of one number, over several protocols, share the port on the nodes.
    auto settle_ports(service& s, service const* before, api::admission_request& r) -> result<void> {
        auto const needed = has_node_ports(s.spec);
        auto had = std::set<std::int32_t>();
        if (before != nullptr)
            for (auto const& p : before->spec.ports) had.insert(p.node_port);
        auto shared = std::map<std::int32_t, std::int32_t>();
        for (auto const& p : s.spec.ports)
            if (p.node_port != 0) shared.emplace(p.port, p.node_port);
        auto errors = api::field_errors();
        auto const spec = api::field_path("spec");
        auto const list = spec.child("ports");
        for (std::size_t i = 0; i < s.spec.ports.size(); ++i) {
            auto& port = s.spec.ports[i];
            auto const at = list.index(i);
            if (port.node_port != 0 && ports_.contains(port.node_port))
                errors.invalid(at.child("nodePort"), port.node_port, "provided port is already allocated");
            else if (needed && port.node_port != 0 && !had.contains(port.node_port) &&
                     (port.node_port < first_port || port.node_port >= first_port + port_count))
                errors.invalid(at.child("nodePort"), port.node_port,
                               "provided port is not in the valid range. The range of valid ports is " +
                                   std::to_string(first_port) + "-" +
                                   std::to_string(first_port + port_count - 1));
            if (!needed || port.node_port != 0) continue;
            auto const drawn = shared.contains(port.port) ? shared.at(port.port) : draw_port(r);
            if (drawn == 0) return fail(error_code::internal, "failed to allocate a nodePort: range is full");
            shared.emplace(port.port, port.node_port = drawn);
        }
        if (!errors.empty()) return errors.refuse("", "Service", s.metadata.name);
        if (!needs_health_check(s.spec) || s.spec.health_check_node_port != 0) return {};
        s.spec.health_check_node_port = draw_port(r);
        if (s.spec.health_check_node_port != 0) return {};
        return fail(error_code::internal, "failed to allocate a HealthCheck NodePort 0: range is full");
    }

    /// A port that nobody has; 0 if there is none.
    auto draw_port(api::admission_request const& r) -> std::int32_t {
        if (ports_.size() >= port_count) return 0;
        for (;;) {
            auto const drawn = first_port + static_cast<std::int32_t>(draw_.below(port_count));
            if (!ports_.insert(drawn).second) continue;
            if (!r.dry_run) remember(recent_ports_, drawn);
            return drawn;
        }
    }

    template <class T> static auto remember(std::vector<T>& recent, T const& what) -> void {
        recent.push_back(what);
        if (recent.size() > remembered) recent.erase(recent.begin());
    }

    std::mutex mutex_;
    random_engine draw_;
    std::set<std::string> addresses_;
    std::set<std::int32_t> ports_;
    std::vector<std::string> recent_addresses_;
    std::vector<std::int32_t> recent_ports_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto service_address_admission(std::uint64_t seed) -> api::admission {
    auto const pool = std::make_shared<detail::service_addresses>(seed);
    auto step = [pool](api::admission_request& r, api::admission_world const& world) -> result<void> {
        if (r.of.type != &object::type_of<service>() || r.object == nullptr || !r.subresource.empty())
            return {};
        auto& now = r.object->as<service>();
        if (r.op != api::admission_request::operation::update) return pool->settle(now, nullptr, r, world);
        return pool->settle(now, &r.before.as<service>(), r, world);
    };
    return {"ServiceAddresses", std::move(step), {}};
}

} // namespace berth::kube

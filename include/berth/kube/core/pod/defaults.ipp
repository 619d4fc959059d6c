#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/defaults.hpp>

#include <range/v3/algorithm/all_of.hpp>
#include <range/v3/view/concat.hpp>

#include <algorithm>
#include <utility>

namespace berth::kube::detail {

/// Completes what is not complete; otherwise the list stays one that several pods share.
template <class T> auto complete_all(object::list<T>& all) -> void {
    auto const& now = std::as_const(all);
    if (std::ranges::all_of(now, [](T const& one) { return is_complete(one); })) return;
    for (auto& one : all) complete(one);
}

/// Whether a limit has no request.
inline auto lacks_requests(resource_requirements const& r) -> bool {
    return std::ranges::any_of(r.limits,
                               [&](auto const& limit) { return !r.requests.contains(limit.first); });
}

/// A limit without a request is a request.
inline auto request_limits(object::list<container>& containers) -> void {
    auto const& now = std::as_const(containers);
    if (std::ranges::none_of(now, [](container const& c) { return lacks_requests(c.resources); })) return;
    for (auto& c : containers)
        for (auto const& [name, limit] : std::as_const(c.resources.limits))
            if (!c.resources.requests.contains(name)) c.resources.requests[name] = limit;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto complete(pod_spec& spec) -> void {
    detail::complete_all(spec.volumes);
    detail::complete_all(spec.init_containers);
    detail::complete_all(spec.containers);
    for (auto& c : spec.ephemeral_containers) detail::complete(c.common);
    if (!spec.security_context) spec.security_context.engage();
    // The old name of the field: the new one wins, and both are shown.
    if (spec.service_account_name.empty()) spec.service_account_name = spec.service_account;
    spec.service_account = spec.service_account_name;
    detail::round_amounts(spec.overhead);
    if (spec.resources) {
        detail::round_amounts(spec.resources->limits);
        detail::round_amounts(spec.resources->requests);
    }
}

} // namespace berth::kube

namespace berth::kube::detail {

/// On the node's network a container's port is the node's.
inline auto open_host_ports(object::list<container>& containers) -> void {
    for (auto& c : containers)
        for (auto& port : c.ports)
            if (port.host_port == 0) port.host_port = port.port;
}

inline auto add_amounts(resource_list& sum, resource_list const& more) -> void {
    for (auto const& [name, amount] : more) sum[name] += amount;
}

inline auto raise_amounts(resource_list& most, resource_list const& others) -> void {
    for (auto const& [name, amount] : others)
        if (auto const* now = most.find(name); now == nullptr || *now < amount) most[name] = amount;
}

BERTH_DECL auto aggregated(pod_spec const& spec, resource_list resource_requirements::* part)
    -> resource_list {
    auto running = resource_list();
    for (auto const& c : spec.containers) add_amounts(running, c.resources.*part);
    auto sidecars = resource_list();
    auto starting = resource_list();
    for (auto const& c : spec.init_containers) {
        auto now = c.resources.*part;
        if (is_sidecar(c)) {
            add_amounts(running, now);
            add_amounts(sidecars, now);
            now = sidecars;
        } else {
            add_amounts(now, sidecars);
        }
        raise_amounts(starting, now);
    }
    raise_amounts(running, starting);
    return running;
}

inline auto is_huge_page(std::string_view resource) -> bool { return resource.substr(0, 10) == "hugepages-"; }

inline auto is_pod_level(std::string_view resource) -> bool {
    return resource == "cpu" || resource == "memory" || is_huge_page(resource);
}

BERTH_DECL auto whole_pod(pod_spec const& spec, resource_list resource_requirements::* part)
    -> resource_list {
    auto out = aggregated(spec, part);
    if (!spec.resources) return out;
    auto const& said = *spec.resources;
    for (auto const& [name, amount] : said.*part)
        if (is_pod_level(name)) out[name] = amount;
    return out;
}

/// Requests of the whole pod follow from those of its containers, else from its limits.
inline auto set_pod_level_requests(pod_spec& spec) -> void {
    if (!spec.resources || spec.resources->limits.empty()) return;
    auto& requests = spec.resources->requests;
    for (auto const& [name, amount] : aggregated(spec, &resource_requirements::requests))
        if (is_pod_level(name) && !is_huge_page(name) && !requests.contains(name)) requests[name] = amount;
    for (auto const& [name, amount] : spec.resources->limits)
        if (is_pod_level(name) && !requests.contains(name)) requests[name] = amount;
}

/// Limits of the whole pod on huge pages follow from those of its containers.
inline auto set_pod_level_huge_pages(pod_spec& spec) -> void {
    if (!spec.resources || (spec.resources->limits.empty() && spec.resources->requests.empty())) return;
    for (auto const& [name, amount] : aggregated(spec, &resource_requirements::limits))
        if (is_huge_page(name) && !spec.resources->limits.contains(name) &&
            !spec.resources->requests.contains(name))
            spec.resources->limits[name] = amount;
}

/// A limit on cpu or memory that every container has is, summed, the pod's, if the pod requests that
/// resource.
inline auto set_pod_level_limits(pod_spec& spec) -> void {
    if (!spec.resources || spec.resources->requests.empty()) return;
    auto const has = [](container const& c, char const* name) { return c.resources.limits.contains(name); };
    for (auto const* name : {"cpu", "memory"}) {
        auto const everywhere = ranges::all_of(ranges::views::concat(spec.containers, spec.init_containers),
                                               [&](container const& c) { return has(c, name); });
        if (!everywhere || !spec.resources->requests.contains(name) || spec.resources->limits.contains(name))
            continue;
        auto const sums = aggregated(spec, &resource_requirements::limits);
        if (auto const* sum = sums.find(name)) spec.resources->limits[name] = *sum;
    }
}

/// The old field for one address and the new one for several agree; the old one wins.
inline auto agree_on_addresses(pod_status& s) -> void {
    auto const& all = std::as_const(s.pod_ips);
    if (s.pod_ip.empty() && !all.empty()) s.pod_ip = all.front().ip;
    if (s.pod_ip.empty() || (!all.empty() && all.front().ip == s.pod_ip)) return;
    auto address = kube::pod_ip{};
    address.ip = s.pod_ip;
    s.pod_ips.assign(1, address);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto set_defaults(pod& p) -> void {
    auto& spec = p.spec;
    object::apply_defaults(spec);
    complete(spec);
    detail::request_limits(spec.containers);
    detail::request_limits(spec.init_containers);
    detail::set_pod_level_huge_pages(spec);
    detail::set_pod_level_requests(spec);
    detail::set_pod_level_limits(spec);
    if (!spec.enable_service_links) spec.enable_service_links = true;
    detail::agree_on_addresses(p.status);
    if (spec.host_network) {
        detail::open_host_ports(spec.containers);
        detail::open_host_ports(spec.init_containers);
    }
}

} // namespace berth::kube

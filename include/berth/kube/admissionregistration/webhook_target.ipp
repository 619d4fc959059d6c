#pragma once

/// \file
/// The bodies of `berth/kube/admissionregistration/webhook_target.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/admissionregistration/webhook_target.hpp>
#include <berth/kube/core/service/type.hpp>
#include <berth/kube/discovery/endpoint_slice/controller/slice_changes.hpp>
#include <berth/kube/discovery/endpoint_slice/type.hpp>

#include <algorithm>

namespace berth::kube::detail::webhooks {

inline constexpr std::int32_t webhook_port = 443;

inline auto service_host(webhook_service_reference const& s) -> std::string {
    return s.name + "." + s.namespace_ + ".svc";
}

inline auto dialled(std::string const& host, std::int32_t port) -> std::string {
    return (host.find(':') == host.npos ? host : "[" + host + "]") + ":" + std::to_string(port);
}

/// The first address of a slice that takes requests.
inline auto ready_address(endpoint_slice const& s) -> std::string const* {
    for (auto const& e : s.endpoints)
        if (e.conditions.ready.value_or(true) && !e.addresses.empty()) return &e.addresses.front();
    return nullptr;
}

/// The port of that name in a slice.
inline auto port_named(endpoint_slice const& s, std::string const& name) -> std::optional<std::int32_t> {
    for (auto const& p : s.ports)
        if ((p.name ? std::string_view(*p.name) : "") == name) return p.port;
    return std::nullopt;
}

/// An endpoint of a service, as `host:port`. Errors: `unavailable`, if none is ready.
inline auto endpoint_of(service const& s, service_port const& port, api::admission_world const& world)
    -> result<std::string> {
    auto const slices = world.list(endpoint_slice::resource);
    if (!slices) return std::unexpected(slices.error());
    for (auto const& ref : *slices) {
        auto const& slice = ref.object.as<endpoint_slice>();
        auto const* const of = slice.metadata.labels.find(slice_service_label);
        if (slice.metadata.namespace_ != s.metadata.namespace_ || of == nullptr || *of != s.metadata.name)
            continue;
        auto const* const address = ready_address(slice);
        auto const number = port_named(slice, port.name);
        if (address != nullptr && number) return dialled(*address, *number);
    }
    return fail(error_code::unavailable, "no endpoints available for service \"" + s.metadata.name + "\"");
}

inline auto address_of(webhook_service_reference const& asked, api::admission_world const& world)
    -> result<std::string> {
    auto const found = world.find_as<service>({asked.namespace_, asked.name});
    if (!found) {
        if (found.error().code != error_code::not_found) return std::unexpected(found.error());
        return fail(error_code::unavailable, "service \"" + asked.name + "\" not found");
    }
    auto const& s = **found;
    auto const number = asked.port.value_or(webhook_port);
    if (s.spec.type == "ExternalName") return dialled(s.spec.external_name, number);
    auto const port = std::find_if(s.spec.ports.begin(), s.spec.ports.end(),
                                   [&](auto const& p) { return p.port == number; });
    if (port == s.spec.ports.end())
        return fail(error_code::unavailable, "no service port " + std::to_string(number) +
                                                 " found for service \"" + asked.name + "\"");
    auto at = endpoint_of(s, *port, world);
    auto const fixed = s.spec.selector.empty() && !s.spec.cluster_ip.empty() && s.spec.cluster_ip != "None";
    return at || !fixed ? at : dialled(s.spec.cluster_ip, number);
}

} // namespace berth::kube::detail::webhooks

namespace berth::kube {

BERTH_DECL auto is_own_host_name(std::string_view host) -> bool {
    if (host.starts_with('[')) return host.starts_with("[::1]");
    host = host.substr(0, host.find(':'));
    return host == "localhost" || host == "127.0.0.1";
}

BERTH_DECL auto asked_plainly(webhook_client_config const& c) -> bool {
    return c.url ? c.url->starts_with("http://") : c.ca_bundle.data.empty();
}

BERTH_DECL auto webhook_url(webhook_client_config const& c, std::int32_t timeout_seconds) -> std::string {
    auto out = std::string();
    if (c.url) out = *c.url;
    else if (c.service) {
        auto const& s = *c.service;
        out = (asked_plainly(c) ? "http://" : "https://") + detail::webhooks::service_host(s) + ":" +
              std::to_string(s.port.value_or(detail::webhooks::webhook_port));
        if (s.path) out += (s.path->starts_with('/') ? "" : "/") + *s.path;
    }
    return out + "?timeout=" + std::to_string(timeout_seconds) + "s";
}

BERTH_DECL auto webhook_target(webhook_client_config const& c, std::int32_t timeout_seconds,
                               api::admission_world const& world) -> result<net::post_request> {
    auto out = net::post_request{};
    out.url = webhook_url(c, timeout_seconds);
    out.authorities = c.ca_bundle.data;
    out.patience = seconds(timeout_seconds);
    if (!c.service) return out;
    auto at = detail::webhooks::address_of(*c.service, world);
    if (!at) return std::unexpected(std::move(at).error());
    out.dial = *std::move(at);
    return out;
}

} // namespace berth::kube

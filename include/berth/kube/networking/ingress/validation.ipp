#pragma once

/// \file
/// The bodies of `berth/kube/networking/ingress/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation/addresses.hpp>
#include <berth/kube/meta/validation/paths.hpp>
#include <berth/kube/networking/ingress/validation.hpp>

namespace berth::kube::detail {

/// What is let pass because it was so before.
struct ingress_leniency {
    bool secret_names = false;
    bool wildcard_rules = false;
};

inline auto is_wildcard(std::string_view host) -> bool { return host.find('*') != std::string_view::npos; }

inline auto validate_host(std::string_view host, field_path const& at, field_errors& errors) -> void {
    if (is_wildcard(host)) errors.invalid_all(at, host, object::wildcard_subdomain_problems(host));
    else validate_name(name_rule::dns1123_subdomain, host, at, errors);
}

inline auto refuse_address(std::string_view host, field_path const& at, field_errors& errors) -> void {
    if (parse_ip(host)) errors.invalid(at, host, "must be a DNS name, not an IP address");
}

BERTH_DECL auto validate_local_reference(object::boxed<std::string> const& api_group, std::string_view kind,
                                         std::string_view name, field_path const& at, field_errors& errors)
    -> void {
    if (api_group) validate_name(name_rule::dns1123_subdomain, *api_group, at.child("apiGroup"), errors);
    require_path_segment(kind, "kind is required", at.child("kind"), errors);
    require_path_segment(name, "name is required", at.child("name"), errors);
}

inline auto validate_service_backend(ingress_service_backend const& s, field_path const& at,
                                     field_errors& errors) -> void {
    auto const service = at.child("service");
    auto const port = service.child("port");
    if (s.name.empty()) errors.required(service.child("name"));
    else validate_name(name_rule::dns1035_label, s.name, service.child("name"), errors);
    if (!s.port.name.empty() && s.port.number != 0)
        errors.invalid(at, "", "cannot set both port name & port number");
    else if (!s.port.name.empty())
        errors.invalid_all(port.child("name"), s.port.name, object::port_name_problems(s.port.name));
    else if (s.port.number != 0)
        errors.invalid_all(port.child("number"), s.port.number, object::port_number_problems(s.port.number));
    else errors.required(at, "port name or number is required");
}

inline auto validate_backend(ingress_backend const& b, field_path const& at, field_errors& errors) -> void {
    if (b.service && b.resource_)
        return errors.invalid(at, "", "cannot set both resource and service backends");
    if (b.resource_)
        return validate_local_reference(b.resource_->api_group, b.resource_->kind, b.resource_->name,
                                        at.child("resource"), errors);
    if (b.service) return validate_service_backend(*b.service, at, errors);
    errors.invalid(at, "", "resource or service backend is required");
}

/// A path that is compared piece by piece.
inline auto validate_plain_path(std::string const& path, field_path const& at, field_errors& errors) -> void {
    if (!path.starts_with('/')) errors.invalid(at, path, "must be an absolute path");
    for (auto const* const part : {"//", "/./", "/../", "%2f", "%2F"})
        if (path.find(part) != std::string::npos)
            errors.invalid(at, path, "must not contain '" + std::string(part) + "'");
    for (auto const* const end : {"/..", "/."})
        if (path.ends_with(end)) errors.invalid(at, path, "cannot end with '" + std::string(end) + "'");
}

inline auto validate_path(http_ingress_path const& p, field_path const& at, field_errors& errors) -> void {
    if (!p.path_type) return errors.required(at.child("pathType"), "pathType must be specified");
    if (*p.path_type == "ImplementationSpecific") {
        if (!p.path.empty() && !p.path.starts_with('/'))
            errors.invalid(at.child("path"), p.path, "must be an absolute path");
    } else if (check_allowed(p, &http_ingress_path::path_type, at, errors)) {
        validate_plain_path(p.path, at.child("path"), errors);
    }
    validate_backend(p.backend, at.child("backend"), errors);
}

inline auto validate_rule(ingress_rule const& r, ingress_leniency allowed, field_path const& at,
                          field_errors& errors) -> void {
    if (!r.host.empty()) {
        auto const host = at.child("host");
        refuse_address(r.host, host, errors);
        validate_host(r.host, host, errors);
    }
    if (!r.http || (is_wildcard(r.host) && allowed.wildcard_rules)) return;
    auto const http = at.child("http");
    auto const paths = http.child("paths");
    if (r.http->paths.empty()) errors.required(paths);
    for (std::size_t i = 0; i < r.http->paths.size(); ++i)
        validate_path(r.http->paths[i], paths.index(i), errors);
}

inline auto is_secret_name(std::string_view name) -> bool {
    return name.empty() || object::is_dns1123_subdomain(name);
}

inline auto validate_tls(ingress_tls const& t, ingress_leniency allowed, field_path const& at,
                         field_errors& errors) -> void {
    auto const hosts = at.child("hosts");
    for (std::size_t i = 0; i < t.hosts.size(); ++i) validate_host(t.hosts[i], hosts.index(i), errors);
    if (!allowed.secret_names && !is_secret_name(t.secret_name))
        validate_name(name_rule::dns1123_subdomain, t.secret_name, at.child("secretName"), errors);
}

inline auto validate_ingress_spec(ingress_spec const& s, ingress_leniency allowed, field_errors& errors)
    -> void {
    auto const at = field_path("spec");
    auto const rules = at.child("rules");
    auto const tls = at.child("tls");
    if (s.rules.empty() && !s.default_backend)
        errors.invalid(at, shown_value::null(), "either `defaultBackend` or `rules` must be specified");
    if (s.default_backend) validate_backend(*s.default_backend, at.child("defaultBackend"), errors);
    for (std::size_t i = 0; i < s.rules.size(); ++i)
        validate_rule(s.rules[i], allowed, rules.index(i), errors);
    for (std::size_t i = 0; i < s.tls.size(); ++i) validate_tls(s.tls[i], allowed, tls.index(i), errors);
    if (s.ingress_class_name)
        validate_name(name_rule::dns1123_subdomain, *s.ingress_class_name, at.child("ingressClassName"),
                      errors);
}

/// What was wrong before.
inline auto leniency_for(ingress_spec const& before) -> ingress_leniency {
    auto out = ingress_leniency();
    for (auto const& t : before.tls) out.secret_names = out.secret_names || !is_secret_name(t.secret_name);
    for (auto const& r : before.rules) {
        auto found = api::field_errors();
        if (is_wildcard(r.host) && r.http) validate_rule(r, {}, field_path("rule"), found);
        out.wildcard_rules = out.wildcard_rules || !found.empty();
    }
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(ingress const& i, api::field_errors& errors) -> void {
    detail::validate_ingress_spec(i.spec, {}, errors);
    auto const* const older = i.metadata.annotations.find(ingress_class_annotation);
    if (older == nullptr || !i.spec.ingress_class_name || *older == *i.spec.ingress_class_name) return;
    auto const annotations = api::field_path("annotations");
    errors.invalid(annotations.child(ingress_class_annotation), *older,
                   "must match `ingressClassName` when both are specified");
}

BERTH_DECL auto validate_update(ingress const& now, ingress const& before, api::field_errors& errors)
    -> void {
    detail::validate_ingress_spec(now.spec, detail::leniency_for(before.spec), errors);
}

BERTH_DECL auto validate_status(ingress const& now, ingress const&, api::field_errors& errors) -> void {
    auto const status = api::field_path("status");
    auto const balancer = status.child("loadBalancer");
    auto const list = balancer.child("ingress");
    auto const& places = now.status.load_balancer.ingress;
    for (std::size_t i = 0; i < places.size(); ++i) {
        auto const at = list.index(i);
        if (!places[i].ip.empty()) detail::validate_ip(places[i].ip, at.child("ip"), errors);
        if (places[i].hostname.empty()) continue;
        auto const host = at.child("hostname");
        detail::validate_name(name_rule::dns1123_subdomain, places[i].hostname, host, errors);
        detail::refuse_address(places[i].hostname, host, errors);
    }
}

} // namespace berth::kube

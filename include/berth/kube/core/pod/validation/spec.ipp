#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/spec.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/spec.hpp>

#include <algorithm>
#include <set>

namespace berth::kube::detail {

inline auto validate_search(std::string_view search, field_path const& at, field_errors& errors) -> void {
    if (search == ".") return;
    if (!search.empty() && search.back() == '.') search.remove_suffix(1);
    auto plain = std::string(search);
    std::replace(plain.begin(), plain.end(), '_', 'a');
    if (object::is_dns1123_subdomain(plain)) return;
    if (search.size() > 253) errors.invalid(at, search, "must be no more than 253 characters");
    if (!object::detail::has_dns_subdomain_form(plain))
        errors.invalid(
            at, search,
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-', '_' "
            "or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used "
            "for validation is '[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')");
}

inline auto validate_dns_config(pod_spec const& spec, field_path const& at, field_errors& errors) -> void {
    auto const servers = at.child("nameservers");
    auto const searches = at.child("searches");
    auto const options = at.child("options");
    if (spec.dns_policy == "None") {
        if (!spec.dns_config) return errors.required(at, "must provide `dnsConfig` when `dnsPolicy` is None");
        if (spec.dns_config->nameservers.empty())
            return errors.required(servers,
                                   "must provide at least one DNS nameserver when `dnsPolicy` is None");
    }
    if (!spec.dns_config) return;
    auto const& c = *spec.dns_config;
    if (c.nameservers.size() > 3)
        errors.invalid(servers, shown_value::list(c.nameservers), "must not have more than 3 nameservers");
    for (std::size_t i = 0; i < c.nameservers.size(); ++i)
        validate_ip(c.nameservers[i], servers.index(i), errors);
    if (c.searches.size() > 32)
        errors.invalid(searches, shown_value::list(c.searches), "must not have more than 32 search paths");
    auto length = c.searches.empty() ? std::size_t{0} : c.searches.size() - 1;
    for (auto const& s : c.searches) length += s.size();
    if (length > 2048)
        errors.invalid(searches, shown_value::list(c.searches),
                       "must not have more than 2048 characters (including spaces) in the search list");
    for (std::size_t i = 0; i < c.searches.size(); ++i)
        validate_search(c.searches[i], searches.index(i), errors);
    for (std::size_t i = 0; i < c.options.size(); ++i)
        if (c.options[i].name.empty()) errors.required(options.index(i), "must not be empty");
}

/// On the node's network a port of a container is that of the node; a template may leave it open.
inline auto validate_host_network(pod_spec const& spec, bool in_pod, field_path const& at,
                                  field_errors& errors) -> void {
    if (!spec.host_network) return;
    auto const containers = at.child("containers");
    for (std::size_t i = 0; i < spec.containers.size(); ++i) {
        auto const one = containers.index(i);
        auto const ports = one.child("ports");
        for (std::size_t k = 0; k < spec.containers[i].ports.size(); ++k) {
            auto const& p = spec.containers[i].ports[k];
            auto const element = ports.index(k);
            if ((in_pod || p.host_port != 0) && p.host_port != p.port)
                errors.invalid(element.child("hostPort"), p.host_port,
                               "must match `containerPort` when `hostNetwork` is true");
        }
    }
}

inline auto validate_pod_claims(object::list<pod_resource_claim> const& claims, field_path const& at,
                                field_errors& errors) -> void {
    auto names = std::set<std::string_view>();
    for (std::size_t i = 0; i < claims.size(); ++i) {
        auto const& c = claims[i];
        auto const one = at.index(i);
        auto const name = one.child("name");
        if (c.name.empty()) errors.required(name);
        else if (!names.insert(c.name).second) errors.duplicate(name, c.name);
        else validate_name(name_rule::dns1123_label, c.name, name, errors);
        if (c.resource_claim_name && c.resource_claim_template_name)
            errors.invalid(
                one, shown_internal(c),
                "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
        if (!c.resource_claim_name && !c.resource_claim_template_name)
            errors.invalid(one, shown_internal(c),
                           "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
        if (c.resource_claim_name)
            validate_name(name_rule::dns1123_subdomain, *c.resource_claim_name,
                          one.child("resourceClaimName"), errors);
        if (c.resource_claim_template_name)
            validate_name(name_rule::dns1123_subdomain, *c.resource_claim_template_name,
                          one.child("resourceClaimTemplateName"), errors);
    }
}

inline auto validate_gates(pod_spec const& spec, field_path const& at, field_errors& errors) -> void {
    auto const readiness = at.child("readinessGates");
    for (std::size_t i = 0; i < spec.readiness_gates.size(); ++i) {
        auto const one = readiness.index(i);
        validate_label_name(spec.readiness_gates[i].condition_type, one.child("conditionType"), errors);
    }
    auto const scheduling = at.child("schedulingGates");
    auto names = std::set<std::string_view>();
    for (std::size_t i = 0; i < spec.scheduling_gates.size(); ++i) {
        auto const& name = spec.scheduling_gates[i].name;
        validate_label_name(name, scheduling.index(i), errors);
        if (!names.insert(name).second) errors.duplicate(scheduling.index(i), name);
    }
}

inline auto validate_host_users(pod_spec const& spec, field_path const& at, field_errors& errors) -> void {
    if (spec.host_users.value_or(true)) return;
    constexpr auto why = "when `hostUsers` is false";
    if (spec.host_network) errors.forbidden(at.child("hostNetwork"), why);
    if (spec.host_pid) errors.forbidden(at.child("HostPID"), why);
    if (spec.host_ipc) errors.forbidden(at.child("HostIPC"), why);
}

/// What the pod as a whole may use: at least what its containers request.
inline auto validate_pod_resources(pod_spec const& spec, std::vector<std::string> const& claims,
                                   field_path const& at, field_errors& errors) -> void {
    if (!spec.resources) return;
    auto const& r = *spec.resources;
    if (!r.claims.empty())
        errors.forbidden(at.child("claims"), "claims cannot be set for Resources at pod-level");
    validate_requirements(r, resource_scope::pod, claims, at, errors);
    auto const requests = at.child("requests");
    for (auto const& [name, sum] : aggregated(spec, &resource_requirements::requests)) {
        auto const* requested = r.requests.find(name);
        if (requested != nullptr && sum > *requested)
            errors.invalid(requests.key(name), requested->to_string(),
                           "must be greater than or equal to aggregate container requests of " +
                               sum.to_string());
    }
    auto const containers = at.child("containers");
    for (std::size_t i = 0; i < spec.containers.size(); ++i) {
        auto const one = containers.index(i);
        for (auto const& [name, limit] : spec.containers[i].resources.limits) {
            auto const* most = r.limits.find(name);
            auto const keyed = one.key(name);
            if (most != nullptr && limit > *most)
                errors.invalid(keyed.child("limits"), limit.to_string(),
                               "must be less than or equal to pod limits of " + most->to_string());
        }
    }
}

inline auto validate_names(pod_spec const& spec, field_path const& at, field_errors& errors) -> void {
    auto const check = [&](std::string_view name, std::string_view field, name_rule rule) {
        if (!name.empty()) validate_name(rule, name, at.child(field), errors);
    };
    check(spec.service_account_name, "serviceAccountName", name_rule::dns1123_subdomain);
    check(spec.node_name, "nodeName", name_rule::dns1123_subdomain);
    check(spec.hostname, "hostname", name_rule::dns1123_label);
    check(spec.subdomain, "subdomain", name_rule::dns1123_label);
    check(spec.priority_class_name, "priorityClassName", name_rule::dns1123_subdomain);
    if (spec.runtime_class_name)
        validate_name(name_rule::dns1123_subdomain, *spec.runtime_class_name, at.child("runtimeClassName"),
                      errors);
    if (!spec.hostname_override) return;
    auto const field = at.child("hostnameOverride");
    validate_name(name_rule::dns1123_subdomain, *spec.hostname_override, field, errors);
    if (spec.hostname_override->size() > 64) errors.too_long(field, 64);
    if (spec.host_network) errors.forbidden(field, "may not be specified when hostNetwork is true");
    if (spec.set_hostname_as_fqdn.value_or(false))
        errors.forbidden(field, "may not be specified when setHostnameAsFQDN is true");
}

inline auto validate_policies(pod_spec const& spec, field_path const& at, field_errors& errors) -> void {
    require_allowed(spec, &pod_spec::restart_policy, at, errors);
    require_allowed(spec, &pod_spec::dns_policy, at, errors);
    require_allowed(spec, &pod_spec::preemption_policy, at, errors);
}

inline auto validate_host_aliases(object::list<host_alias> const& aliases, field_path const& at,
                                  field_errors& errors) -> void {
    for (std::size_t i = 0; i < aliases.size(); ++i) {
        auto const one = at.index(i);
        auto const names = one.child("hostnames");
        validate_ip(aliases[i].ip, one.child("ip"), errors);
        for (std::size_t k = 0; k < aliases[i].hostnames.size(); ++k)
            validate_name(name_rule::dns1123_subdomain, aliases[i].hostnames[k], names.index(k), errors);
    }
}

inline auto validate_all_containers(pod_spec const& spec, pod_context const& context, field_path const& at,
                                    field_errors& errors) -> void {
    auto surroundings = container_surroundings{spec, {}, {}, context.in_pod};
    surroundings.volumes =
        validate_volumes(spec.volumes, context.pod_name, context.in_pod, at.child("volumes"), errors);
    for (auto const& c : spec.resource_claims)
        if (!c.name.empty()) surroundings.claims.push_back(c.name);
    std::sort(surroundings.claims.begin(), surroundings.claims.end());
    validate_pod_claims(spec.resource_claims, at.child("resourceClaims"), errors);
    validate_containers(surroundings, at.child("containers"), errors);
    validate_init_containers(surroundings, at.child("initContainers"), errors);
    validate_ephemeral_containers(surroundings, at.child("ephemeralContainers"), errors);
    validate_pod_resources(spec, surroundings.claims, at.child("resources"), errors);
}

BERTH_DECL auto validate_pod_spec(pod_spec const& spec, pod_context const& context, field_path const& at,
                                  field_errors& errors) -> void {
    if (!spec.termination_grace_period_seconds) errors.required(at.child("terminationGracePeriodSeconds"));
    validate_all_containers(spec, context, at, errors);
    validate_host_network(spec, context.in_pod, at, errors);
    validate_policies(spec, at, errors);
    validate_labels(spec.node_selector, at.child("nodeSelector"), errors);
    validate_pod_security_context(spec, at.child("securityContext"), errors);
    validate_affinity(spec.affinity, at.child("affinity"), errors);
    validate_dns_config(spec, at.child("dnsConfig"), errors);
    validate_gates(spec, at, errors);
    validate_spreads(spec.topology_spread_constraints, at.child("topologySpreadConstraints"), errors);
    validate_host_processes(spec, at, errors);
    validate_host_users(spec, at, errors);
    validate_names(spec, at, errors);
    check_bounds(spec, &pod_spec::active_deadline_seconds, at, errors);
    validate_tolerations(spec.tolerations, at.child("tolerations"), errors);
    validate_host_aliases(spec.host_aliases, at.child("hostAliases"), errors);
    if (!spec.overhead.empty()) {
        auto const overhead = at.child("overhead");
        validate_amounts(spec.overhead, resource_scope::container, overhead.child("limits"), errors);
    }
    validate_system(spec, at, errors);
}

} // namespace berth::kube::detail

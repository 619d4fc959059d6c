#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/containers.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/containers.hpp>

#include <range/v3/view/concat.hpp>
#include <range/v3/view/enumerate.hpp>

#include <set>

namespace berth::kube::detail {

BERTH_DECL auto container_surroundings::os() const -> std::string_view {
    return pod.os ? std::string_view(pod.os->name) : "";
}

inline auto validate_ports(object::list<container_port> const& ports, field_path const& at,
                           field_errors& errors) -> void {
    auto names = std::set<std::string_view>();
    for (std::size_t i = 0; i < ports.size(); ++i) {
        auto const& p = ports[i];
        auto const one = at.index(i);
        if (!p.name.empty()) {
            auto const problems = object::port_name_problems(p.name);
            errors.invalid_all(one.child("name"), p.name, problems);
            if (problems.empty() && !names.insert(p.name).second) errors.duplicate(one.child("name"), p.name);
        }
        if (p.port == 0) errors.required(one.child("containerPort"));
        else check_bounds(p, &container_port::port, one, errors);
        if (p.host_port != 0) check_bounds(p, &container_port::host_port, one, errors);
        require_allowed(p, &container_port::protocol, one, errors);
    }
}

/// Two containers of a node cannot have the same port of it.
inline auto validate_host_ports(std::span<container const> containers, field_path const& at,
                                field_errors& errors) -> void {
    auto taken = std::set<std::string>();
    for (std::size_t i = 0; i < containers.size(); ++i) {
        auto const one = at.index(i);
        auto const ports = one.child("ports");
        for (std::size_t k = 0; k < containers[i].ports.size(); ++k) {
            auto const& p = containers[i].ports[k];
            if (p.host_port == 0) continue;
            auto key = p.protocol + "/" + p.host_ip + "/" + std::to_string(p.host_port);
            auto const element = ports.index(k);
            auto const [place, fresh] = taken.insert(std::move(key));
            if (!fresh) errors.duplicate(element.child("hostPort"), *place);
        }
    }
}

inline auto validate_resize_policy(object::list<container_resize_policy> const& list,
                                   std::string_view pod_restarts, field_path const& at, field_errors& errors)
    -> void {
    auto const& resource = object::field_of(&container_resize_policy::resource_name);
    auto const& restarts = object::field_of(&container_resize_policy::restart_policy);
    auto seen = std::set<std::string_view>();
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto const& p = list[i];
        if (!seen.insert(p.resource_name).second) errors.duplicate(at.index(i), p.resource_name);
        if (p.resource_name.empty()) errors.required(at);
        else check_allowed(resource, p.resource_name, at, errors);
        if (p.restart_policy.empty()) errors.required(at);
        else check_allowed(restarts, p.restart_policy, at, errors);
        if (pod_restarts == "Never" && p.restart_policy != "NotRequired")
            errors.invalid(at, p.restart_policy, "must be 'NotRequired' when `restartPolicy` is 'Never'");
    }
}

/// What init, regular and ephemeral containers have in common.
inline auto validate_container(container const& c, container_surroundings const& in, field_path const& at,
                               field_errors& errors) -> void {
    if (c.name.empty()) errors.required(at.child("name"));
    else validate_name(name_rule::dns1123_label, c.name, at.child("name"), errors);
    if (c.image.empty()) errors.required(at.child("image"));
    require_allowed(c, &container::termination_message_policy, at, errors);
    validate_ports(c.ports, at.child("ports"), errors);
    validate_variables(c.env, at.child("env"), errors);
    validate_variable_sources(c.env_from, at.child("envFrom"), errors);
    validate_mounts(c, in.volumes, at.child("volumeMounts"), errors);
    validate_devices(c, in.volumes, at.child("volumeDevices"), errors);
    require_allowed(c, &container::image_pull_policy, at, errors);
    validate_requirements(c.resources, resource_scope::container, in.claims, at.child("resources"), errors);
    validate_resize_policy(c.resize_policy, in.pod.restart_policy, at.child("resizePolicy"), errors);
    validate_security_context(c.security_context, in.host_users(), at.child("securityContext"), errors);
}

/// Rules about exit codes add to a restart policy of the container's own.
inline auto validate_restart_rules(container const& c, field_path const& at, field_errors& errors) -> void {
    if (!c.restart_policy && !c.restart_policy_rules.empty())
        errors.required(at.child("restartPolicy"), "must specify restartPolicy when restart rules are used");
    check_allowed(c, &container::restart_policy, at, errors);
    auto const rules = at.child("restartPolicyRules");
    check_most(object::field_of(&container::restart_policy_rules), c.restart_policy_rules.size(), rules,
               errors);
    for (std::size_t i = 0; i < c.restart_policy_rules.size(); ++i) {
        auto const& rule = c.restart_policy_rules[i];
        auto const one = rules.index(i);
        check_allowed(rule, &container_restart_rule::action, one, errors);
        auto const codes = one.child("exitCodes");
        if (!rule.exit_codes) {
            errors.required(codes, "must be specified");
            continue;
        }
        check_allowed(*rule.exit_codes, &container_restart_rule_on_exit_codes::operator_, codes, errors);
        check_most(object::field_of(&container_restart_rule_on_exit_codes::values),
                   rule.exit_codes->values.size(), codes.child("values"), errors);
    }
}

/// What only containers that keep running have.
inline auto validate_running_container(container const& c, container_surroundings const& in,
                                       field_path const& at, field_errors& errors) -> void {
    if (c.lifecycle)
        validate_lifecycle(*c.lifecycle, in.pod.termination_grace_period_seconds, in.os(),
                           at.child("lifecycle"), errors);
    validate_probe(c.liveness_probe, probe_role::liveness, at.child("livenessProbe"), errors);
    validate_probe(c.readiness_probe, probe_role::readiness, at.child("readinessProbe"), errors);
    validate_probe(c.startup_probe, probe_role::startup, at.child("startupProbe"), errors);
}

BERTH_DECL auto validate_containers(container_surroundings const& in, field_path const& at,
                                    field_errors& errors) -> void {
    auto const& containers = in.pod.containers;
    if (containers.empty()) return errors.required(at);
    auto names = std::set<std::string_view>();
    for (auto const& [i, c] : ranges::views::enumerate(containers)) {
        auto const one = at.index(i);
        validate_container(c, in, one, errors);
        if (!names.insert(c.name).second) errors.duplicate(one.child("name"), c.name);
        validate_running_container(c, in, one, errors);
        validate_restart_rules(c, one, errors);
    }
    validate_host_ports(containers, at, errors);
}

/// An init container that ends has no probes.
inline auto validate_ending_container(container const& c, field_path const& at, field_errors& errors)
    -> void {
    constexpr auto why = "may not be set for init containers without restartPolicy=Always";
    if (c.lifecycle) errors.forbidden(at.child("lifecycle"), why);
    if (c.liveness_probe) errors.forbidden(at.child("livenessProbe"), why);
    if (c.readiness_probe) errors.forbidden(at.child("readinessProbe"), why);
    if (c.startup_probe) errors.forbidden(at.child("startupProbe"), why);
}

BERTH_DECL auto validate_init_containers(container_surroundings const& in, field_path const& at,
                                         field_errors& errors) -> void {
    auto names = std::set<std::string_view>();
    for (auto const& c : in.pod.containers) names.insert(c.name);
    for (auto const& [i, c] : ranges::views::enumerate(in.pod.init_containers)) {
        auto const one = at.index(i);
        validate_container(c, in, one, errors);
        validate_restart_rules(c, one, errors);
        if (names.contains(c.name)) errors.duplicate(one.child("name"), c.name);
        else if (!c.name.empty()) names.insert(c.name);
        validate_host_ports({&c, 1}, at, errors);
        if (c.restart_policy && *c.restart_policy == "Always") validate_running_container(c, in, one, errors);
        else validate_ending_container(c, one, errors);
    }
}

/// Containers that look into a pod must not become part of it.
inline auto validate_ephemeral_members(container const& c, field_path const& at, field_errors& errors)
    -> void {
    constexpr auto why = "cannot be set for an Ephemeral Container";
    for (auto const* name : {"ports", "resources", "livenessProbe", "readinessProbe", "startupProbe",
                             "lifecycle", "resizePolicy", "restartPolicy", "restartPolicyRules"}) {
        auto const* f = object::type_of<container>().field(name);
        if (!f->type().is_zero(f->in(&c))) errors.forbidden(at.child(name), why);
    }
    auto const mounts = at.child("volumeMounts");
    for (auto const& [i, mount] : ranges::views::enumerate(c.volume_mounts)) {
        auto const one = mounts.index(i);
        if (!mount.sub_path.empty()) errors.forbidden(one.child("subPath"), why);
        if (!mount.sub_path_expr.empty()) errors.forbidden(one.child("subPathExpr"), why);
    }
}

BERTH_DECL auto validate_ephemeral_containers(container_surroundings const& in, field_path const& at,
                                              field_errors& errors) -> void {
    if (in.pod.ephemeral_containers.empty()) return;
    auto others = std::set<std::string_view>();
    for (auto const& c : ranges::views::concat(in.pod.containers, in.pod.init_containers))
        others.insert(c.name);
    auto names = others;
    for (auto const& [i, added] : ranges::views::enumerate(in.pod.ephemeral_containers)) {
        auto const& c = added.common;
        auto const one = at.index(i);
        validate_container(c, in, one, errors);
        validate_image_padding(c.image, one, errors);
        if (!names.insert(c.name).second) errors.duplicate(one.child("name"), c.name);
        if (auto const& target = added.target_container_name; !target.empty() && !others.contains(target))
            errors.not_found(one.child("targetContainerName"), target);
        validate_ephemeral_members(c, one, errors);
    }
}

} // namespace berth::kube::detail

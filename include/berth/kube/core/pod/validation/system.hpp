#pragma once

/// \file
/// Checks of what a pod may say about its operating system, and of what that system lacks (Kubernetes 1.36,
/// `pkg/apis/core/validation`).

#include <berth/kube/core/pod/validation/security.hpp>

namespace berth::kube::detail {

/// Calls `visit(container, path)` for each container of any sort, init containers first.
template <class Visit> auto visit_containers(pod_spec const& spec, field_path const& at, Visit visit)
    -> void {
    auto const each = [&](object::list<container> const& list, std::string_view name) {
        auto const path = at.child(name);
        for (std::size_t i = 0; i < list.size(); ++i) visit(list[i], path.index(i));
    };
    each(spec.init_containers, "initContainers");
    each(spec.containers, "containers");
    auto const added = at.child("ephemeralContainers");
    for (std::size_t i = 0; i < spec.ephemeral_containers.size(); ++i)
        visit(spec.ephemeral_containers[i].common, added.index(i));
}

inline auto validate_linux(pod_spec const& spec, field_path const& at, field_errors& errors) -> void {
    constexpr auto why = "windows options cannot be set for a linux pod";
    auto const check = [&](auto const& context, field_path const& path) {
        auto const field = path.child("securityContext");
        if (context && context->windows_options) errors.forbidden(field.child("windowsOptions"), why);
    };
    check(spec.security_context, at);
    visit_containers(spec, at,
                     [&](auto const& c, field_path const& path) { check(c.security_context, path); });
}

/// Refuses the named members of a record that are set.
template <class Record>
auto forbid_members(Record const& r, std::initializer_list<std::string_view> names, field_path const& at,
                    std::string_view why, field_errors& errors) -> void {
    for (auto const name : names) {
        auto const* f = object::type_of<Record>().field(name);
        if (!f->type().is_zero(f->in(&r))) errors.forbidden(at.child(name), why);
    }
}

inline auto validate_windows(pod_spec const& spec, field_path const& at, field_errors& errors) -> void {
    constexpr auto why = "cannot be set for a windows pod";
    if (spec.security_context)
        forbid_members(*spec.security_context,
                       {"appArmorProfile", "seLinuxOptions", "seccompProfile", "fsGroup",
                        "fsGroupChangePolicy", "sysctls", "runAsUser", "runAsGroup", "supplementalGroups",
                        "supplementalGroupsPolicy", "seLinuxChangePolicy"},
                       at.child("securityContext"), why, errors);
    forbid_members(spec, {"hostUsers", "hostPID", "hostIPC", "shareProcessNamespace"}, at, why, errors);
    visit_containers(spec, at, [&](auto const& c, field_path const& path) {
        if (c.security_context)
            forbid_members(*c.security_context,
                           {"appArmorProfile", "seLinuxOptions", "seccompProfile", "capabilities",
                            "readOnlyRootFilesystem", "privileged", "allowPrivilegeEscalation", "procMount",
                            "runAsUser", "runAsGroup"},
                           path.child("securityContext"), why, errors);
    });
}

inline auto validate_system(pod_spec const& spec, field_path const& at, field_errors& errors) -> void {
    if (!spec.os) return;
    auto const os = at.child("os");
    auto const& name = spec.os->name;
    if (name.empty()) errors.required(os.child("name"), "cannot be empty");
    else if (name == "linux") validate_linux(spec, at, errors);
    else if (name == "windows") validate_windows(spec, at, errors);
    else check_allowed(object::field_of(&pod_os::name), name, os, errors);
}

/// If one container of a Windows pod is a process of its host, all are.
inline auto validate_host_processes(pod_spec const& spec, field_path const& at, field_errors& errors)
    -> void {
    auto const host_process = [](auto const& context) {
        return context && context->windows_options ? context->windows_options->host_process : std::nullopt;
    };
    auto const of_pod = host_process(spec.security_context);
    auto all = 0;
    auto host = 0;
    visit_containers(spec, at, [&](auto const& c, field_path const& path) {
        ++all;
        auto const own = host_process(c.security_context);
        auto const context = path.child("securityContext");
        auto const options = context.child("windowsOptions");
        if (of_pod && own && *of_pod != *own)
            errors.invalid(
                options.child("hostProcess"), *own,
                std::string("pod hostProcess value must be identical if both are specified, was ") +
                    (*of_pod ? "true" : "false"));
        if (own ? *own : of_pod.value_or(false)) ++host;
    });
    if (host == 0) return;
    if (host != all)
        errors.invalid(
            at, "",
            "If pod contains any hostProcess containers then all containers must be HostProcess containers");
    if (!spec.host_network)
        errors.invalid(at.child("hostNetwork"), false,
                       "hostNetwork must be true if pod contains any hostProcess containers");
}

} // namespace berth::kube::detail

#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/system.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/system.hpp>

namespace berth::kube::detail {

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

BERTH_DECL auto validate_windows(pod_spec const& spec, field_path const& at, field_errors& errors) -> void {
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

BERTH_DECL auto validate_system(pod_spec const& spec, field_path const& at, field_errors& errors) -> void {
    if (!spec.os) return;
    auto const os = at.child("os");
    auto const& name = spec.os->name;
    if (name.empty()) errors.required(os.child("name"), "cannot be empty");
    else if (name == "linux") validate_linux(spec, at, errors);
    else if (name == "windows") validate_windows(spec, at, errors);
    else check_allowed(object::field_of(&pod_os::name), name, os, errors);
}

BERTH_DECL auto validate_host_processes(pod_spec const& spec, field_path const& at, field_errors& errors)
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

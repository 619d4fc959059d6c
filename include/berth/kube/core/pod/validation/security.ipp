#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/security.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/security.hpp>

#include <algorithm>
#include <set>

namespace berth::kube::detail {

inline auto validate_seccomp(object::boxed<seccomp_profile> const& p, field_path const& at,
                             field_errors& errors) -> void {
    if (!p) return;
    auto const local = at.child("localhostProfile");
    require_allowed(*p, &seccomp_profile::type, at, errors, "type is required when seccompProfile is set");
    if (p->type == "Localhost") {
        if (!p->localhost_profile) errors.required(local, "must be set when seccomp type is Localhost");
        else validate_descending_path(*p->localhost_profile, local, errors);
    } else if (p->localhost_profile) {
        errors.invalid(local, shown_internal(*p), "can only be set when seccomp type is Localhost");
    }
}

inline auto validate_local_app_armor(app_armor_profile const& p, field_path const& at, field_errors& errors)
    -> void {
    constexpr auto missing = "must be set when AppArmor type is Localhost";
    if (!p.localhost_profile) return errors.required(at, missing);
    auto const& profile = *p.localhost_profile;
    if (is_padded(profile)) errors.invalid(at, profile, "must not be padded with whitespace");
    else if (profile.empty()) errors.required(at, missing);
    if (profile.size() > 4095) errors.too_long(at, 4095);
}

inline auto validate_app_armor(object::boxed<app_armor_profile> const& p, field_path const& at,
                               field_errors& errors) -> void {
    if (!p) return;
    auto const local = at.child("localhostProfile");
    if (p->type == "Localhost") return validate_local_app_armor(*p, local, errors);
    if (!require_allowed(*p, &app_armor_profile::type, at, errors,
                         "type is required when appArmorProfile is set"))
        return;
    if (p->localhost_profile)
        errors.invalid(local, *p->localhost_profile, "can only be set when AppArmor type is Localhost");
}

/// A domain as NetBIOS or DNS has them.
inline auto is_windows_domain(std::string_view domain) -> bool {
    constexpr auto forbidden = std::string_view("\\/:*?\"<>|");
    auto const net_bios = !domain.empty() && domain.size() <= 15 && domain.front() != '.' &&
                          domain.find_first_of(forbidden) == std::string_view::npos;
    auto lower = lower_case(domain);
    return net_bios || object::is_dns1123_subdomain(lower);
}

BERTH_DECL auto validate_windows_user(std::string const& name, field_path const& at, field_errors& errors)
    -> void {
    if (name.empty()) return errors.invalid(at, name, "runAsUserName cannot be an empty string");
    if (std::any_of(name.begin(), name.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; }))
        return errors.invalid(at, name, "runAsUserName cannot contain control characters");
    auto const backslash = name.find('\\');
    if (backslash != name.rfind('\\'))
        return errors.invalid(at, name, "runAsUserName cannot contain more than one backslash");
    auto const has_domain = backslash != std::string::npos;
    auto const domain = has_domain ? name.substr(0, backslash) : std::string();
    auto const user = has_domain ? name.substr(backslash + 1) : name;
    if (domain.size() >= 256)
        errors.invalid(at, name, "runAsUserName's Domain length must be under 256 characters");
    if (has_domain && !is_windows_domain(domain))
        errors.invalid(at, name, "runAsUserName's Domain doesn't match the NetBios nor the DNS format");
    if (user.empty()) errors.invalid(at, name, "runAsUserName's User cannot be empty");
    else if (user.size() > 104)
        errors.invalid(at, name, "runAsUserName's User length must not be longer than 104 characters");
    if (!user.empty() && user.find_first_not_of(". ") == std::string::npos)
        errors.invalid(at, name, "runAsUserName's User cannot contain only periods or spaces");
    if (user.find_first_of("\"/\\:;|=,+*?<>@[]") != std::string::npos)
        errors.invalid(at, name,
                       "runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]");
}

BERTH_DECL auto validate_windows(object::boxed<windows_security_context_options> const& o,
                                 field_path const& at, field_errors& errors) -> void {
    if (!o) return;
    if (o->gmsa_credential_spec_name)
        validate_name(name_rule::dns1123_subdomain, *o->gmsa_credential_spec_name,
                      at.child("gmsaCredentialSpecName"), errors);
    if (o->gmsa_credential_spec) {
        auto const spec = at.child("gmsaCredentialSpec");
        if (o->gmsa_credential_spec->empty())
            errors.invalid(spec, "", "gmsaCredentialSpec cannot be an empty string");
        else if (o->gmsa_credential_spec->size() > 64 * 1024)
            errors.invalid(spec, *o->gmsa_credential_spec, "gmsaCredentialSpec size must be under 64 KiB");
    }
    if (o->run_as_user_name) validate_windows_user(*o->run_as_user_name, at.child("runAsUserName"), errors);
}

BERTH_DECL auto validate_security_context(object::boxed<security_context> const& s, bool host_users,
                                          field_path const& at, field_errors& errors) -> void {
    if (!s) return;
    check_bounds(*s, at, errors);
    check_allowed(*s, &security_context::proc_mount, at, errors);
    if (s->proc_mount && host_users && *s->proc_mount == "Unmasked")
        errors.invalid(at.child("procMount"), *s->proc_mount, "`hostUsers` must be false to use `Unmasked`");
    validate_seccomp(s->seccomp_profile, at.child("seccompProfile"), errors);
    if (s->allow_privilege_escalation && !*s->allow_privilege_escalation) {
        if (s->privileged.value_or(false))
            errors.invalid(at, shown_internal(*s),
                           "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        if (s->capabilities &&
            std::count(s->capabilities->add.begin(), s->capabilities->add.end(), "CAP_SYS_ADMIN") > 0)
            errors.invalid(
                at, shown_internal(*s),
                "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
    }
    validate_windows(s->windows_options, at.child("windowsOptions"), errors);
    validate_app_armor(s->app_armor_profile, at.child("appArmorProfile"), errors);
}

BERTH_DECL auto is_sysctl_name(std::string_view name) -> bool {
    if (name.size() > 253) return false;
    auto last = '.';
    for (auto const c : name) {
        auto const inner = c == '-' || c == '_';
        auto const joint = c == '.' || c == '/';
        if (!inner && !joint && !object::detail::is_lower_or_number(c)) return false;
        auto const after_joint = last == '.' || last == '/';
        auto const after_inner = last == '-' || last == '_';
        if ((inner && after_joint) || (joint && (after_joint || after_inner))) return false;
        last = c;
    }
    return object::detail::is_lower_or_number(last);
}

/// Parameters of namespaces that the pod shares with its node are not the pod's to set.
inline auto validate_shared_sysctl(std::string const& name, pod_spec const& spec, field_path const& at,
                                   field_errors& errors) -> void {
    auto dotted = name;
    if (dotted.find('/') < dotted.find('.')) std::replace(dotted.begin(), dotted.end(), '/', '.');
    auto const net = starts_with(dotted, "net.");
    auto const ipc = starts_with(dotted, "kernel.shm") || starts_with(dotted, "kernel.msg") ||
                     dotted == "kernel.sem" || starts_with(dotted, "fs.mqueue.");
    if (spec.host_network && net) errors.invalid(at, name, "may not be specified when 'hostNetwork' is true");
    else if (spec.host_ipc && ipc) errors.invalid(at, name, "may not be specified when 'hostIPC' is true");
}

inline auto validate_sysctls(object::list<sysctl> const& list, pod_spec const& spec, field_path const& at,
                             field_errors& errors) -> void {
    auto names = std::set<std::string_view>();
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto const& name = list[i].name;
        auto const element = at.index(i);
        auto const one = element.child("name");
        auto const seen = !names.insert(name).second;
        if (name.empty()) errors.required(one);
        else if (!is_sysctl_name(name))
            errors.invalid(one, name,
                           "must have at most 253 characters and match regex "
                           "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$");
        else if (seen) errors.duplicate(one, name);
        validate_shared_sysctl(name, spec, one, errors);
    }
}

BERTH_DECL auto validate_pod_security_context(pod_spec const& spec, field_path const& at,
                                              field_errors& errors) -> void {
    if (!spec.security_context) return;
    auto const& s = *spec.security_context;
    check_bounds(s, &pod_security_context::fs_group, at, errors);
    check_bounds(s, &pod_security_context::run_as_user, at, errors);
    check_bounds(s, &pod_security_context::run_as_group, at, errors);
    auto const& group = object::field_of(&pod_security_context::supplemental_groups);
    auto const groups = at.child(group.name);
    for (std::size_t i = 0; i < s.supplemental_groups.size(); ++i)
        check_bounds(group, s.supplemental_groups[i], groups.index(i), errors);
    if (spec.share_process_namespace.value_or(false) && spec.host_pid)
        errors.invalid(at.child("shareProcessNamespace"), true,
                       "ShareProcessNamespace and HostPID cannot both be enabled");
    validate_sysctls(s.sysctls, spec, at.child("sysctls"), errors);
    check_allowed(s, &pod_security_context::fs_group_change_policy, at, errors);
    validate_seccomp(s.seccomp_profile, at.child("seccompProfile"), errors);
    validate_windows(s.windows_options, at.child("windowsOptions"), errors);
    validate_app_armor(s.app_armor_profile, at.child("appArmorProfile"), errors);
    check_allowed(s, &pod_security_context::supplemental_groups_policy, at, errors);
    check_allowed(s, &pod_security_context::se_linux_change_policy, at, errors);
}

} // namespace berth::kube::detail

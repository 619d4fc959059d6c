#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/security/baseline.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/security/baseline.hpp>

#include <algorithm>

namespace berth::kube::detail {

/// A value of a pod or of its containers that is not allowed: who sets it, and what it is.
struct bad_settings {
    bool by_pod = false;
    name_list containers;
    sorted_names values;

    [[nodiscard]] auto any() const -> bool { return by_pod || !containers.empty(); }
    [[nodiscard]] auto setters(std::size_t annotations = 0) const -> std::string {
        return shown_setters(by_pod, containers, annotations);
    }
};

/// `of(context)`: the value of a security context, null if it says none. `allowed(value)`.
template <class Of, class Allowed>
auto find_bad_settings(pod_spec const& s, Of of, Allowed allowed) -> bad_settings {
    auto out = bad_settings();
    if (s.security_context)
        if (auto const* const v = of(*s.security_context); v != nullptr && !allowed(*v))
            out.by_pod = true, out.values.insert(*v);
    for (auto const* const c : all_containers(s)) {
        if (!c->security_context) continue;
        auto const* const v = of(*c->security_context);
        if (v == nullptr || allowed(*v)) continue;
        out.containers.push_back(c->name);
        out.values.insert(*v);
    }
    return out;
}

inline auto check_app_armor(object::string_map const& annotations, pod_spec const& s, violations& out)
    -> void {
    constexpr std::string_view prefix = "container.apparmor.security.beta.kubernetes.io/";
    auto const bad = find_bad_settings(
        s, [](auto const& c) { return c.app_armor_profile ? &c.app_armor_profile->type : nullptr; },
        [](std::string const& type) { return type == "RuntimeDefault" || type == "Localhost"; });
    auto values = name_list(bad.values.begin(), bad.values.end());
    auto noted = std::size_t{0};
    for (auto const& [key, value] : annotations) {
        if (!key.starts_with(prefix)) continue;
        if (value.empty() || value == "runtime/default" || value.starts_with("localhost/")) continue;
        values.push_back(key + "=" + object::detail::go_quoted(value));
        ++noted;
    }
    if (values.empty()) return;
    out.push_back({plural("forbidden AppArmor profile", "forbidden AppArmor profiles", values.size()),
                   bad.setters(noted) + " must not set AppArmor profile type to " + quoted(values)});
}

inline auto check_default_capabilities(pod_spec const& s, violations& out) -> void {
    constexpr std::string_view known[] = {"AUDIT_WRITE", "CHOWN",  "DAC_OVERRIDE",     "FOWNER",  "FSETID",
                                          "KILL",        "MKNOD",  "NET_BIND_SERVICE", "SETFCAP", "SETGID",
                                          "SETPCAP",     "SETUID", "SYS_CHROOT"};
    auto added = sorted_names();
    auto const bad = containers_where(s, [&](security_context const* c) {
        auto found = false;
        if (c == nullptr || !c->capabilities) return false;
        for (auto const& a : c->capabilities->add)
            if (std::find(std::begin(known), std::end(known), a) == std::end(known))
                found = true, added.insert(a);
        return found;
    });
    if (!bad.empty())
        out.push_back({"non-default capabilities", shown_containers(bad) + " must not include " +
                                                       quoted(added) +
                                                       " in securityContext.capabilities.add"});
}

inline auto check_host_namespaces(pod_spec const& s, violations& out) -> void {
    auto detail = std::string();
    auto const add = [&](bool shares, std::string_view what) {
        if (shares) ((detail += detail.empty() ? "" : ", ") += what) += "=true";
    };
    add(s.host_network, "hostNetwork");
    add(s.host_pid, "hostPID");
    add(s.host_ipc, "hostIPC");
    if (!detail.empty()) out.push_back({"host namespaces", detail});
}

inline auto check_host_paths(pod_spec const& s, violations& out) -> void {
    auto bad = name_list();
    for (auto const& v : s.volumes)
        if (v.host_path) bad.push_back(v.name);
    if (!bad.empty())
        out.push_back({"hostPath volumes", plural("volume ", "volumes ", bad.size()) + quoted(bad)});
}

inline auto check_host_ports(pod_spec const& s, violations& out) -> void {
    auto bad = name_list();
    auto ports = sorted_names();
    for (auto const* const c : all_containers(s)) {
        auto const before = bad.size();
        for (auto const& p : c->ports) {
            if (p.host_port == 0) continue;
            ports.insert(std::to_string(p.host_port));
            if (bad.size() == before) bad.push_back(c->name);
        }
    }
    if (bad.empty()) return;
    auto shown = std::string();
    for (auto const& p : ports) (shown += shown.empty() ? "" : ", ") += p;
    out.push_back({plural("hostPort", "hostPorts", ports.size()),
                   shown_containers(bad) + plural(" uses ", " use ", bad.size()) +
                       plural("hostPort ", "hostPorts ", ports.size()) + shown});
}

/// The hosts that a probe or a hook names.
template <class Handler> auto add_hosts(object::boxed<Handler> const& h, sorted_names& out) -> void {
    if (!h) return;
    if (h->http_get && !h->http_get->host.empty()) out.insert(h->http_get->host);
    if (h->tcp_socket && !h->tcp_socket->host.empty()) out.insert(h->tcp_socket->host);
}

inline auto check_probed_hosts(pod_spec const& s, violations& out) -> void {
    auto bad = name_list();
    auto hosts = sorted_names();
    for (auto const* const c : all_containers(s)) {
        auto own = sorted_names();
        add_hosts(c->liveness_probe, own);
        add_hosts(c->readiness_probe, own);
        add_hosts(c->startup_probe, own);
        if (c->lifecycle) {
            add_hosts(c->lifecycle->post_start, own);
            add_hosts(c->lifecycle->pre_stop, own);
        }
        if (!own.empty()) bad.push_back(c->name);
        hosts.merge(own);
    }
    if (bad.empty()) return;
    auto const what = plural("probe or lifecycle host", "probe or lifecycle hosts", hosts.size());
    out.push_back(
        {what, shown_containers(bad) + plural(" uses ", " use ", bad.size()) + what + " " + quoted(hosts)});
}

inline auto check_privileged(pod_spec const& s, violations& out) -> void {
    auto const bad = containers_where(
        s, [](security_context const* c) { return c != nullptr && c->privileged.value_or(false); });
    if (!bad.empty())
        out.push_back(
            {"privileged", shown_containers(bad) + " must not set securityContext.privileged=true"});
}

inline auto check_se_linux(pod_spec const& s, std::int32_t minor, violations& out) -> void {
    auto const allowed = [&](std::string_view type) {
        return type.empty() || type == "container_t" || type == "container_init_t" ||
               type == "container_kvm_t" || (minor >= 31 && type == "container_engine_t");
    };
    auto bad = bad_settings();
    auto user = false;
    auto role = false;
    auto const is_bad = [&](object::boxed<se_linux_options> const& o) {
        if (!o) return false;
        if (!allowed(o->type)) bad.values.insert(o->type);
        user = user || !o->user.empty();
        role = role || !o->role.empty();
        return !allowed(o->type) || !o->user.empty() || !o->role.empty();
    };
    bad.by_pod = s.security_context && is_bad(s.security_context->se_linux_options);
    bad.containers = containers_where(
        s, [&](security_context const* c) { return c != nullptr && is_bad(c->se_linux_options); });
    if (!bad.any()) return;
    auto what = bad.values.empty() ? std::string()
                                   : plural("type ", "types ", bad.values.size()) + quoted(bad.values);
    if (user) what += what.empty() ? "user may not be set" : "; user may not be set";
    if (role) what += what.empty() ? "role may not be set" : "; role may not be set";
    out.push_back(
        {"seLinuxOptions", bad.setters() + " set forbidden securityContext.seLinuxOptions: " + what});
}

/// Of versions before 1.19, which said it by annotations.
inline auto check_seccomp_annotations(object::string_map const& annotations, pod_spec const& s,
                                      violations& out) -> void {
    auto forbidden = sorted_names();
    auto const look = [&](std::string const& key) {
        auto const* const v = annotations.find(key);
        if (v == nullptr || *v == "runtime/default" || *v == "docker/default" || v->starts_with("localhost/"))
            return;
        forbidden.insert(key + "=" + object::detail::go_quoted(*v));
    };
    look("seccomp.security.alpha.kubernetes.io/pod");
    for (auto const* const c : all_containers(s))
        look("container.seccomp.security.alpha.kubernetes.io/" + c->name);
    if (forbidden.empty()) return;
    auto detail = plural("forbidden annotation ", "forbidden annotations ", forbidden.size());
    auto first = true;
    for (auto const& f : forbidden) (detail += std::exchange(first, false) ? "" : ", ") += f;
    out.push_back({"seccompProfile", std::move(detail)});
}

inline auto check_seccomp(object::string_map const& annotations, pod_spec const& s, std::int32_t minor,
                          violations& out) -> void {
    if (minor < 19) return check_seccomp_annotations(annotations, s, out);
    auto const bad = find_bad_settings(
        s, [](auto const& c) { return c.seccomp_profile ? &c.seccomp_profile->type : nullptr; },
        [](std::string const& type) { return type == "RuntimeDefault" || type == "Localhost"; });
    if (bad.any())
        out.push_back(
            {"seccompProfile",
             bad.setters() + " must not set securityContext.seccompProfile.type to " + quoted(bad.values)});
}

/// A kernel parameter, and since which version pods may set it.
struct known_sysctl {
    std::string_view name;
    std::int32_t since;
};

inline auto check_sysctls(pod_spec const& s, std::int32_t minor, violations& out) -> void {
    constexpr known_sysctl known[] = {{"kernel.shm_rmid_forced", 0},
                                      {"net.ipv4.ip_local_port_range", 0},
                                      {"net.ipv4.tcp_syncookies", 0},
                                      {"net.ipv4.ping_group_range", 0},
                                      {"net.ipv4.ip_unprivileged_port_start", 0},
                                      {"net.ipv4.ip_local_reserved_ports", 27},
                                      {"net.ipv4.tcp_keepalive_time", 29},
                                      {"net.ipv4.tcp_fin_timeout", 29},
                                      {"net.ipv4.tcp_keepalive_intvl", 29},
                                      {"net.ipv4.tcp_keepalive_probes", 29},
                                      {"net.ipv4.tcp_rmem", 32},
                                      {"net.ipv4.tcp_wmem", 32}};
    if (!s.security_context) return;
    auto detail = std::string();
    for (auto const& wanted : s.security_context->sysctls) {
        auto const allowed = std::any_of(std::begin(known), std::end(known), [&](known_sysctl const& k) {
            return k.name == wanted.name && k.since <= minor;
        });
        if (!allowed) (detail += detail.empty() ? "" : ", ") += wanted.name;
    }
    if (!detail.empty()) out.push_back({"forbidden sysctls", detail});
}

inline auto check_host_process(pod_spec const& s, violations& out) -> void {
    auto const is_host = [](object::boxed<windows_security_context_options> const& o) {
        return o && o->host_process.value_or(false);
    };
    auto const by_pod = s.security_context && is_host(s.security_context->windows_options);
    auto const bad = containers_where(
        s, [&](security_context const* c) { return c != nullptr && is_host(c->windows_options); });
    if (by_pod || !bad.empty())
        out.push_back({"hostProcess", shown_setters(by_pod, bad) +
                                          " must not set securityContext.windowsOptions.hostProcess=true"});
}

BERTH_DECL auto find_unmasked_violations(pod_spec const& s, violations& out) -> void {
    auto values = sorted_names();
    auto const bad = containers_where(s, [&](security_context const* c) {
        if (c == nullptr || !c->proc_mount || *c->proc_mount == "Default") return false;
        values.insert(*c->proc_mount);
        return true;
    });
    if (!bad.empty())
        out.push_back({"procMount", shown_containers(bad) + " must not set securityContext.procMount to " +
                                        quoted(values)});
}

BERTH_DECL auto find_baseline_violations(object::string_map const& annotations, pod_spec const& s,
                                         std::int32_t minor, baseline_part part, violations& out) -> void {
    auto const all = part == baseline_part::all;
    check_app_armor(annotations, s, out);
    if (all || minor < 22) check_default_capabilities(s, out);
    check_host_namespaces(s, out);
    if (all) check_host_paths(s, out);
    check_host_ports(s, out);
    if (minor >= 34) check_probed_hosts(s, out);
    check_privileged(s, out);
    if ((all && !(minor >= own_users_since && has_own_users(s))) || (!all && minor < own_users_since))
        find_unmasked_violations(s, out);
    check_se_linux(s, minor, out);
    if (all || minor < 19) check_seccomp(annotations, s, minor, out);
    check_sysctls(s, minor, out);
    check_host_process(s, out);
}

} // namespace berth::kube::detail

#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/security/restricted.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/security/baseline.hpp>
#include <berth/kube/core/pod/security/restricted.hpp>

#include <algorithm>

namespace berth::kube::detail {

inline auto check_escalation(pod_spec const& s, violations& out) -> void {
    auto const bad = containers_where(s, [](security_context const* c) {
        return c == nullptr || c->allow_privilege_escalation.value_or(true);
    });
    if (!bad.empty())
        out.push_back({"allowPrivilegeEscalation != false",
                       shown_containers(bad) + " must set securityContext.allowPrivilegeEscalation=false"});
}

inline auto check_capabilities(pod_spec const& s, violations& out) -> void {
    auto added = sorted_names();
    auto const keeping = containers_where(s, [](security_context const* c) {
        if (c == nullptr || !c->capabilities) return true;
        auto const& drop = c->capabilities->drop;
        return std::find(drop.begin(), drop.end(), "ALL") == drop.end();
    });
    auto const adding = containers_where(s, [&](security_context const* c) {
        auto found = false;
        if (c == nullptr || !c->capabilities) return false;
        for (auto const& a : c->capabilities->add)
            if (a != "NET_BIND_SERVICE") found = true, added.insert(a);
        return found;
    });
    auto detail = std::string();
    if (!keeping.empty())
        detail = shown_containers(keeping) + R"( must set securityContext.capabilities.drop=["ALL"])";
    if (!adding.empty())
        (detail += detail.empty() ? "" : "; ") += shown_containers(adding) + " must not include " +
                                                  quoted(added) + " in securityContext.capabilities.add";
    if (!detail.empty()) out.push_back({"unrestricted capabilities", std::move(detail)});
}

/// What kind of volume it is: the member that is there. Empty: one that careful pods may have.
inline auto restricted_volume_type(volume const& v) -> std::string_view {
    if (v.config_map || v.csi || v.downward_api || v.empty_dir || v.ephemeral || v.persistent_volume_claim ||
        v.projected || v.secret)
        return {};
    for (auto const& f : object::type_of<volume>().fields)
        if (f.name != "name" && !f.type().is_zero(f.in(&v))) return f.name;
    return "unknown";
}

inline auto check_volumes(pod_spec const& s, violations& out) -> void {
    auto bad = name_list();
    auto types = sorted_names();
    for (auto const& v : s.volumes)
        if (auto const type = restricted_volume_type(v); !type.empty()) {
            bad.push_back(v.name);
            types.insert(std::string(type));
        }
    if (bad.empty()) return;
    out.push_back({"restricted volume types", plural("volume ", "volumes ", bad.size()) + quoted(bad) +
                                                  plural(" uses ", " use ", bad.size()) + "restricted " +
                                                  plural("volume type ", "volume types ", types.size()) +
                                                  quoted(types)});
}

inline auto check_non_root(pod_spec const& s, violations& out) -> void {
    auto const pod = s.security_context ? s.security_context->run_as_non_root : std::nullopt;
    auto const by_pod = pod && !*pod;
    auto const saying = containers_where(s, [](security_context const* c) {
        return c != nullptr && c->run_as_non_root && !*c->run_as_non_root;
    });
    auto const silent = containers_where(s, [&](security_context const* c) {
        return (c == nullptr || !c->run_as_non_root) && !pod.value_or(false);
    });
    if (by_pod || !saying.empty())
        out.push_back({"runAsNonRoot != true",
                       shown_setters(by_pod, saying) + " must not set securityContext.runAsNonRoot=false"});
    else if (!silent.empty())
        out.push_back({"runAsNonRoot != true",
                       "pod or " + shown_containers(silent) + " must set securityContext.runAsNonRoot=true"});
}

inline auto check_root_user(pod_spec const& s, violations& out) -> void {
    auto const by_pod = s.security_context && s.security_context->run_as_user == 0;
    auto const bad =
        containers_where(s, [](security_context const* c) { return c != nullptr && c->run_as_user == 0; });
    if (by_pod || !bad.empty())
        out.push_back({"runAsUser=0", shown_setters(by_pod, bad) + " must not set runAsUser=0"});
}

inline auto check_seccomp_set(pod_spec const& s, violations& out) -> void {
    auto values = sorted_names();
    auto const is_good = [](seccomp_profile const& p) {
        return p.type == "RuntimeDefault" || p.type == "Localhost";
    };
    auto const is_bad = [&](object::boxed<seccomp_profile> const& p) {
        if (!p || is_good(*p)) return false;
        values.insert(p->type);
        return true;
    };
    auto const* const pod = s.security_context ? s.security_context->seccomp_profile.get() : nullptr;
    auto const by_pod = pod != nullptr && is_bad(s.security_context->seccomp_profile);
    auto const saying = containers_where(
        s, [&](security_context const* c) { return c != nullptr && is_bad(c->seccomp_profile); });
    auto const silent = containers_where(s, [&](security_context const* c) {
        return (c == nullptr || !c->seccomp_profile) && (pod == nullptr || by_pod);
    });
    if (by_pod || !saying.empty())
        out.push_back({"seccompProfile", shown_setters(by_pod, saying) +
                                             " must not set securityContext.seccompProfile.type to " +
                                             quoted(values)});
    else if (!silent.empty())
        out.push_back(
            {"seccompProfile",
             "pod or " + shown_containers(silent) +
                 R"( must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")"});
}

BERTH_DECL auto find_restricted_violations(pod_spec const& s, std::int32_t minor, violations& out) -> void {
    auto const exempt = minor >= 25 && is_windows(s);
    auto const own_users = minor >= own_users_since && has_own_users(s);
    if (minor >= 8 && !exempt) check_escalation(s, out);
    if (minor >= 22 && !exempt) check_capabilities(s, out);
    if (minor >= own_users_since) find_unmasked_violations(s, out);
    check_volumes(s, out);
    if (!own_users) check_non_root(s, out);
    if (minor >= 23 && !own_users) check_root_user(s, out);
    if (minor >= 19 && !exempt) check_seccomp_set(s, out);
}

} // namespace berth::kube::detail

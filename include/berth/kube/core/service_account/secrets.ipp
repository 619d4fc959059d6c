#pragma once

/// \file
/// The bodies of `berth/kube/core/service_account/secrets.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/service_account/secrets.hpp>

#include <set>

namespace berth::kube::detail {

using secret_names = std::set<std::string_view>;

/// Why a container of some sort may not have its environment.
inline auto environment_problem(container const& c, std::string const& sort, secret_names const& allowed,
                                std::string const& account) -> std::string {
    auto const refusal = [&](std::string const& how, std::string const& secret) {
        return sort + " " + c.name + " with " + how + " referencing secret.secretName=\"" + secret +
               "\" is not allowed because service account " + account + " does not reference that secret";
    };
    for (auto const& e : c.env) {
        if (!e.value_from || !e.value_from->secret_key_ref) continue;
        auto const& secret = e.value_from->secret_key_ref->name;
        if (!allowed.contains(secret)) return refusal("envVar " + e.name, secret);
    }
    for (auto const& from : c.env_from)
        if (from.secret_ref && !allowed.contains(from.secret_ref->name))
            return refusal("envFrom", from.secret_ref->name);
    return {};
}

BERTH_DECL auto limits_secrets(service_account const& a) -> bool {
    auto const said = a.metadata.annotations.get("kubernetes.io/enforce-mountable-secrets");
    for (auto const* const yes : {"1", "t", "T", "true", "TRUE", "True"})
        if (said == yes) return true;
    return false;
}

BERTH_DECL auto secret_problem(service_account const& a, pod_spec const& s) -> std::string {
    auto const& account = a.metadata.name;
    auto allowed = secret_names();
    for (auto const& r : a.secrets) allowed.insert(r.name);
    for (auto const& v : s.volumes)
        if (v.secret && !allowed.contains(v.secret->secret_name))
            return "volume with secret.secretName=\"" + v.secret->secret_name +
                   "\" is not allowed because service account " + account + " does not reference that secret";
    for (auto const& c : s.init_containers)
        if (auto why = environment_problem(c, "init container", allowed, account); !why.empty()) return why;
    for (auto const& c : s.containers)
        if (auto why = environment_problem(c, "container", allowed, account); !why.empty()) return why;
    auto pulls = secret_names();
    for (auto const& r : a.image_pull_secrets) pulls.insert(r.name);
    for (std::size_t i = 0; i < s.image_pull_secrets.size(); ++i)
        if (!pulls.contains(s.image_pull_secrets[i].name))
            return "imagePullSecrets[" + std::to_string(i) + "].name=\"" + s.image_pull_secrets[i].name +
                   "\" is not allowed because service account " + account +
                   " does not reference that imagePullSecret";
    return {};
}

BERTH_DECL auto mirror_problem(pod_spec const& s) -> std::string {
    auto secrets = !s.image_pull_secrets.empty();
    auto const look = [&](container const& c) {
        for (auto const& e : c.env) secrets = secrets || (e.value_from && e.value_from->secret_key_ref);
        for (auto const& from : c.env_from) secrets = secrets || from.secret_ref;
    };
    if (!s.service_account_name.empty()) return "a mirror pod may not reference service accounts";
    for (auto const& c : s.init_containers) look(c);
    for (auto const& c : s.containers) look(c);
    for (auto const& v : s.volumes) {
        secrets = secrets || v.secret;
        if (v.projected)
            for (auto const& source : v.projected->sources) secrets = secrets || source.secret;
    }
    if (secrets) return "a mirror pod may not reference secrets";
    for (auto const& v : s.volumes)
        if (v.projected)
            for (auto const& source : v.projected->sources)
                if (source.service_account_token)
                    return "a mirror pod may not use ServiceAccountToken volume projections";
    return {};
}

} // namespace berth::kube::detail

#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/warnings.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/warnings.hpp>

#include <map>
#include <set>

namespace berth::kube::detail {

/// Bytes come whole.
inline auto warn_of_fractions(resource_list const& amounts, field_path const& at, warning_list& out) -> void {
    for (auto const* name : {"memory", "ephemeral-storage", "storage"}) {
        auto const* amount = amounts.find(name);
        if (amount != nullptr && amount->milli_value() % 1000 != 0)
            warn(out, at.key(name),
                 "fractional byte value \"" + amount->to_string() + "\" is invalid, must be an integer");
    }
}

inline auto warn_of_repeated_variables(object::list<env_var> const& variables, field_path const& at,
                                       warning_list& out) -> void {
    auto names = std::set<std::string_view>();
    for (std::size_t i = 0; i < variables.size(); ++i) {
        auto const& v = variables[i];
        if (!names.insert(v.name).second && v.value.find("$(" + v.name + ")") == std::string::npos)
            warn(out, at.index(i),
                 "hides previous definition of " + object::detail::go_quoted(v.name) +
                     ", which may be dropped when using apply");
    }
}

inline auto warn_of_repeated_ports(object::list<container_port> const& ports, field_path const& at,
                                   warning_list& out) -> void {
    using definition = std::tuple<std::int32_t, std::string_view, std::int32_t, std::string_view>;
    auto first = std::map<definition, std::size_t>();
    for (std::size_t i = 0; i < ports.size(); ++i) {
        auto const& p = ports[i];
        auto const [place, fresh] = first.emplace(definition(p.port, p.protocol, p.host_port, p.host_ip), i);
        if (!fresh)
            warn(out, at.index(i), "duplicate port definition with " + at.index(place->second).to_string());
    }
}

inline auto warn_of_container(container const& c, field_path const& at, warning_list& out) -> void {
    warn_of_repeated_ports(c.ports, at.child("ports"), out);
    warn_of_repeated_variables(c.env, at.child("env"), out);
    auto const resources = at.child("resources");
    warn_of_fractions(c.resources.limits, resources.child("limits"), out);
    warn_of_fractions(c.resources.requests, resources.child("requests"), out);
}

/// Names of labels of nodes that have newer ones.
inline auto newer_label(std::string_view label) -> std::string_view {
    constexpr std::pair<std::string_view, std::string_view> newer[] = {
        {"beta.kubernetes.io/arch", "deprecated since v1.14; use \"kubernetes.io/arch\" instead"},
        {"beta.kubernetes.io/os", "deprecated since v1.14; use \"kubernetes.io/os\" instead"},
        {"failure-domain.beta.kubernetes.io/region",
         "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead"},
        {"failure-domain.beta.kubernetes.io/zone",
         "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead"},
        {"beta.kubernetes.io/instance-type",
         "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead"},
    };
    for (auto const& [old, advice] : newer)
        if (old == label) return advice;
    return {};
}

inline auto warn_of_selectors(pod_spec const& spec, field_path const& at, warning_list& out) -> void {
    auto const selector = at.child("nodeSelector");
    for (auto const& [label, value] : spec.node_selector)
        if (auto const advice = newer_label(label); !advice.empty()) warn(out, selector.key(label), advice);
    auto const spreads = at.child("topologySpreadConstraints");
    for (std::size_t i = 0; i < spec.topology_spread_constraints.size(); ++i) {
        auto const& c = spec.topology_spread_constraints[i];
        auto const one = spreads.index(i);
        if (!c.label_selector) warn(out, one, "a null labelSelector results in matching no pod");
        if (auto const advice = newer_label(c.topology_key); !advice.empty())
            out.push_back(one.child("topologyKey").to_string() + ": " + c.topology_key + " is " +
                          std::string(advice));
    }
}

BERTH_DECL auto warn_of_claim(persistent_volume_claim_spec const& spec, field_path const& at,
                              warning_list& out) -> void {
    auto const resources = at.child("resources");
    warn_of_fractions(spec.resources.requests, resources.child("requests"), out);
    warn_of_fractions(spec.resources.limits, resources.child("limits"), out);
}

/// Everything about a pod spec, in pods and in templates.
inline auto warn_of_pod_spec(pod_spec const& spec, field_path const& at, warning_list& out) -> void {
    warn_of_selectors(spec, at, out);
    auto const volumes = at.child("volumes");
    for (std::size_t i = 0; i < spec.volumes.size(); ++i) {
        auto const one = volumes.index(i);
        if (spec.volumes[i].git_repo)
            warn(out, one.child("gitRepo"), "deprecated in v1.11, and disabled by default in v1.33+");
        if (spec.volumes[i].ephemeral && spec.volumes[i].ephemeral->volume_claim_template) {
            auto const source = one.child("ephemeral");
            auto const claim = source.child("volumeClaimTemplate");
            auto const claim_spec = claim.child("spec");
            warn_of_claim(spec.volumes[i].ephemeral->volume_claim_template->spec, claim_spec, out);
        }
    }
    visit_containers(spec, at,
                     [&](auto const& c, field_path const& path) { warn_of_container(c, path, out); });
    warn_of_fractions(spec.overhead, at.child("overhead"), out);
    if (spec.termination_grace_period_seconds.value_or(0) < 0)
        warn(out, at.child("terminationGracePeriodSeconds"),
             "must be >= 0; negative values are invalid and will be treated as 1");
}

BERTH_DECL auto warn_of_template(pod_template_spec const& t, field_path const& at, warning_list& out)
    -> void {
    warn_of_pod_spec(t.spec, at.child("spec"), out);
}

BERTH_DECL auto warnings_of_template(pod_template_spec const& t) -> warning_list {
    auto out = warning_list();
    auto const spec = field_path("spec");
    warn_of_template(t, spec.child("template"), out);
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto warnings_of(pod const& p, pod const* before) -> warning_list {
    auto out = warning_list();
    if (before == nullptr || !(p.spec == before->spec))
        detail::warn_of_pod_spec(p.spec, api::field_path("spec"), out);
    return out;
}

} // namespace berth::kube

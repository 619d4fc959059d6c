#pragma once

/// \file
/// What containers are when their manifests do not say (Kubernetes 1.36, `pkg/apis/core/v1/defaults.go`).

#include <berth/kube/core/pod/container.hpp>
#include <berth/kube/core/pod/defaults/image.hpp>

namespace berth::kube {

namespace detail {

inline auto set_default(std::string& member, std::string_view value) -> void {
    if (member.empty()) member = value;
}
template <class Integer> auto set_default_number(Integer& member, Integer value) -> void {
    if (member == 0) member = value;
}

/// Images that may change under their name are pulled always.
inline auto set_pull_policy(std::string& policy, std::string_view image) -> void {
    set_default(policy, image_tag(image) == "latest" ? "Always" : "IfNotPresent");
}

/// Amounts are kept to the thousandth, rounded up.
inline auto round_amounts(resource_list& amounts) -> void {
    for (auto& [name, amount] : amounts) {
        auto const rounded = object::quantity::of_milli(amount.milli_value(), amount.format());
        auto const fits = amount.milli_value() != 0 || amount.is_zero();
        if (fits && rounded > amount && rounded - amount < object::quantity::of_milli(1)) amount = rounded;
    }
}

inline auto set_defaults(http_get_action& action) -> void {
    set_default(action.path, "/");
    set_default(action.scheme, "HTTP");
}

inline auto set_defaults(probe& p) -> void {
    set_default_number(p.timeout_seconds, 1);
    set_default_number(p.period_seconds, 10);
    set_default_number(p.success_threshold, 1);
    set_default_number(p.failure_threshold, 3);
    if (p.http_get) set_defaults(*p.http_get);
    if (p.grpc && !p.grpc->service) p.grpc->service = std::string();
}

inline auto set_defaults(lifecycle& l) -> void {
    if (l.post_start && l.post_start->http_get) set_defaults(*l.post_start->http_get);
    if (l.pre_stop && l.pre_stop->http_get) set_defaults(*l.pre_stop->http_get);
}

inline auto set_defaults(object_field_selector& s) -> void { set_default(s.api_version, "v1"); }

/// Containers, init containers and ephemeral containers have these members in common.
inline auto set_container_defaults(container& c) -> void {
    set_pull_policy(c.image_pull_policy, c.image);
    set_default(c.termination_message_path, "/dev/termination-log");
    set_default(c.termination_message_policy, "File");
    for (auto& port : c.ports) set_default(port.protocol, "TCP");
    for (auto& variable : c.env) {
        if (!variable.value_from) continue;
        auto& from = *variable.value_from;
        if (from.field_ref) set_defaults(*from.field_ref);
        if (from.file_key_ref && !from.file_key_ref->optional) from.file_key_ref->optional = false;
    }
    round_amounts(c.resources.limits);
    round_amounts(c.resources.requests);
    for (auto* p : {&c.liveness_probe, &c.readiness_probe, &c.startup_probe})
        if (*p) set_defaults(**p);
    if (c.lifecycle) set_defaults(*c.lifecycle);
    if (c.security_context && c.security_context->proc_mount && c.security_context->proc_mount->empty())
        c.security_context->proc_mount = std::string("Default");
}

} // namespace detail

} // namespace berth::kube

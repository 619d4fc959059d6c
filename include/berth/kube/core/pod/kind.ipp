#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/binding/validation.hpp>
#include <berth/kube/core/pod/kind.hpp>
#include <berth/kube/core/pod/parts.hpp>
#include <berth/kube/policy/eviction/evict.hpp>

namespace berth::kube::detail {

inline auto prepare_pod(pod& p) -> void {
    p.status.phase = "Pending";
    p.status.qos_class = qos_class(p.spec);
    if (p.spec.scheduling_gates.empty()) return;
    auto gated = pod_condition{};
    gated.type = "PodScheduled";
    gated.status = "False";
    gated.reason = "SchedulingGated";
    gated.last_transition_time = p.metadata.creation_timestamp;
    gated.message = "Scheduling is blocked due to non-empty scheduling gates";
    p.status.conditions.push_back(std::move(gated));
}

inline auto prepare_pod_status(pod& now, pod const& before) -> void {
    now.metadata.owner_references = before.metadata.owner_references;
    if (now.status.qos_class.empty()) now.status.qos_class = before.status.qos_class;
}

/// A pod that runs nowhere, or no more, goes at once; others have the time that was asked for, or their own.
inline auto pod_grace(pod const& p, std::optional<std::int64_t> asked) -> std::optional<std::int64_t> {
    auto period = asked.value_or(p.spec.termination_grace_period_seconds.value_or(30));
    if (p.spec.node_name.empty() || is_finished(p)) period = 0;
    return period < 0 ? 1 : period;
}

inline auto bind_conflict(pod const& p, std::string const& why) -> std::unexpected<error> {
    auto refusal = api::conflict({"", "v1", "Binding", "pods/binding", "binding"}, p.metadata.name, why);
    return refusal;
}

inline auto bind_pod(pod& p, void const* body, api::action_context const& about)
    -> result<object::any_object> {
    auto const& b = *static_cast<binding const*>(body);
    auto errors = api::field_errors();
    validate(b, errors);
    if (!errors.empty()) return errors.refuse("", "Binding", p.metadata.name);
    if (!b.metadata.uid.empty() && b.metadata.uid != p.metadata.uid)
        return bind_conflict(p, "Precondition failed: UID in precondition: " + b.metadata.uid +
                                    ", UID in object meta: " + p.metadata.uid);
    if (p.metadata.deleting())
        return bind_conflict(p, "pod " + p.metadata.name + " is being deleted, cannot be assigned to a host");
    if (!p.spec.node_name.empty())
        return bind_conflict(p, "pod " + p.metadata.name + " is already assigned to node \"" +
                                    p.spec.node_name + "\"");
    if (!p.spec.scheduling_gates.empty())
        return bind_conflict(p, "pod " + p.metadata.name + " has non-empty .spec.schedulingGates");
    p.spec.node_name = b.target.name;
    for (auto const& [key, value] : b.metadata.annotations) p.metadata.annotations[key] = value;
    auto scheduled = pod_condition{};
    scheduled.type = "PodScheduled";
    scheduled.status = "True";
    set_condition(p.status.conditions, std::move(scheduled), about.now);
    return object::any_object();
}

inline auto pod_field_labels() -> std::vector<api::field_label<pod>> {
    return {
        {"spec.nodeName", [](pod const& p) { return p.spec.node_name; }},
        {"spec.host", [](pod const& p) { return p.spec.node_name; }},
        {"spec.restartPolicy", [](pod const& p) { return p.spec.restart_policy; }},
        {"spec.schedulerName", [](pod const& p) { return p.spec.scheduler_name.str(); }},
        {"spec.serviceAccountName", [](pod const& p) { return p.spec.service_account_name.str(); }},
        {"spec.hostNetwork",
         [](pod const& p) { return std::string(p.spec.host_network ? "true" : "false"); }},
        {"status.phase", [](pod const& p) { return p.status.phase; }},
        {"status.podIP",
         [](pod const& p) { return p.status.pod_ips.empty() ? std::string() : p.status.pod_ips.front().ip; }},
        {"status.podIPs",
         [](pod const& p) {
             auto out = std::string();
             for (auto const& ip : p.status.pod_ips) (out += out.empty() ? "" : ",") += ip.ip;
             return out;
         }},
        {"status.nominatedNodeName", [](pod const& p) { return p.status.nominated_node_name.str(); }}};
}

// What those say who connect to a pod; they are kinds of requests, not of objects.
inline constexpr object::resource_name attach_options{"", "v1", "PodAttachOptions", "pods", "pod", true};
inline constexpr object::resource_name exec_options{"", "v1", "PodExecOptions", "pods", "pod", true};
inline constexpr object::resource_name port_forward_options{"",     "v1",  "PodPortForwardOptions",
                                                            "pods", "pod", true};

inline auto connection_to_pod(std::string_view name, api::stream_content what,
                              object::resource_name const& options) -> api::stream_subresource {
    return {.name = name, .content = what, .verbs = {api::verb::create, api::verb::get}, .options = &options};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto pod_kind() -> api::kind_of<pod> {
    auto k = api::kind_of<pod>{};
    k.short_names = {"po"};
    k.categories = {"all"};
    k.generation = api::generation_rule::spec;
    k.returns_deleted = true;
    k.set_defaults = &set_defaults;
    k.prepare_create = &detail::prepare_pod;
    k.prepare_status = &detail::prepare_pod_status;
    k.validate = &validate;
    k.warnings = &warnings_of;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.grace = &detail::pod_grace;
    k.subresources = {
        api::log_subresource(),
        detail::connection_to_pod("attach", api::stream_content::attach, detail::attach_options),
        detail::connection_to_pod("exec", api::stream_content::exec, detail::exec_options),
        detail::connection_to_pod("portforward", api::stream_content::port_forward,
                                  detail::port_forward_options),
        api::action_of<pod>{"binding", &object::type_of<binding>(), &detail::bind_pod},
        api::action_of<pod>{"eviction", &object::type_of<eviction>(), &evict},
        api::part_of<pod>{"ephemeralcontainers", &detail::prepare_ephemeral, &detail::validate_ephemeral,
                          nullptr, true},
        api::part_of<pod>{"resize", &detail::prepare_resize, &detail::validate_resize, nullptr, true}};
    k.field_labels = detail::pod_field_labels();
    k.columns = pod_columns();
    k.completion = &pod_completion;
    return k;
}

} // namespace berth::kube

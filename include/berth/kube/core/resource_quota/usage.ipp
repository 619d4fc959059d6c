#pragma once

/// \file
/// The bodies of `berth/kube/core/resource_quota/usage.hpp`.

#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/pod/defaults.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/core/resource_quota/usage.hpp>
#include <berth/kube/core/service/type.hpp>
#include <berth/kube/core/validation/resources.hpp>
#include <berth/kube/core/volumes.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace berth::kube::detail {

inline constexpr std::string_view class_infix = ".storageclass.storage.k8s.io/";

/// Kinds of the core group whose objects can be counted by their plain names as well.
inline auto has_plain_count(api::kind const& k) -> bool {
    auto const& r = *k.resource;
    return r.group.empty() &&
           is_any_of(r.plural, {"configmaps", "persistentvolumeclaims", "pods", "replicationcontrollers",
                                "resourcequotas", "secrets", "services"});
}

inline auto count_name(api::kind const& k) -> std::string { return "count/" + api::qualified(*k.resource); }

/// Whether a pod still uses what it was given: it has not ended, nor is it past its time.
inline auto is_charged(pod const& p, time_point now) -> bool {
    if (is_finished(p)) return false;
    auto const& m = p.metadata;
    if (!m.deletion_timestamp || !m.deletion_grace_period_seconds) return true;
    return now <= m.deletion_timestamp->time() + seconds(*m.deletion_grace_period_seconds);
}

/// Requests are charged with a prefix and, some of them, also without.
inline auto charge_pod(pod const& p, resource_list& used) -> void {
    auto requests = whole_pod(p.spec, &resource_requirements::requests);
    auto limits = whole_pod(p.spec, &resource_requirements::limits);
    for (auto const& [name, amount] : p.spec.overhead) {
        requests[name] += amount;
        if (limits.contains(name)) limits[name] += amount;
    }
    used["pods"] = object::quantity::of(1);
    for (auto const& [name, amount] : requests) {
        auto const both =
            is_any_of(name, {"cpu", "memory", "ephemeral-storage"}) || starts_with(name, "hugepages-");
        if (both) used[name] = amount;
        if (both || is_extended_resource(name)) used["requests." + name] = amount;
    }
    for (auto const& [name, amount] : limits)
        if (is_any_of(name, {"cpu", "memory", "ephemeral-storage"})) used["limits." + name] = amount;
}

inline auto charge_service(service const& s, resource_list& used) -> void {
    auto const ports = static_cast<std::int64_t>(s.spec.ports.size());
    if (s.spec.type == "NodePort") used["services.nodeports"] = object::quantity::of(ports);
    if (s.spec.type != "LoadBalancer") return;
    auto const of_nodes = std::count_if(s.spec.ports.begin(), s.spec.ports.end(),
                                        [](service_port const& p) { return p.node_port != 0; });
    auto const all = s.spec.allocate_load_balancer_node_ports.value_or(true);
    used["services.nodeports"] = object::quantity::of(all ? ports : static_cast<std::int64_t>(of_nodes));
    used["services.loadbalancers"] = object::quantity::of(1);
}

inline auto charge_claim(persistent_volume_claim const& c, resource_list& used) -> void {
    auto const storage_class = storage_class_of(c);
    auto const charge = [&](std::string const& name, object::quantity const& amount) {
        used[name] = amount;
        if (!storage_class.empty()) used[storage_class + std::string(class_infix) + name] = amount;
    };
    charge("persistentvolumeclaims", object::quantity::of(1));
    if (auto const* const asked = c.spec.resources.requests.find("storage"))
        charge("requests.storage", asked->milli_value() % 1000 == 0
                                       ? *asked
                                       : object::quantity::of(asked->value(), asked->format()));
}

BERTH_DECL auto quota_usage(api::kind const& k, void const* object, time_point now) -> resource_list {
    auto used = resource_list();
    used[count_name(k)] = object::quantity::of(1);
    if (auto const* const p = as_kind<pod>(k, object)) {
        if (is_charged(*p, now)) charge_pod(*p, used);
        return used;
    }
    if (has_plain_count(k)) used[std::string(k.resource->plural)] = object::quantity::of(1);
    if (auto const* const s = as_kind<service>(k, object)) charge_service(*s, used);
    if (auto const* const c = as_kind<persistent_volume_claim>(k, object)) charge_claim(*c, used);
    return used;
}

inline auto is_pod_quota(std::string_view name) -> bool {
    return is_any_of(name, {"cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory",
                            "requests.ephemeral-storage", "limits.cpu", "limits.memory",
                            "limits.ephemeral-storage"}) ||
           starts_with(name, "hugepages-") || starts_with(name, "requests.hugepages-") ||
           (starts_with(name, "requests.") && !is_native_resource(name));
}

inline auto is_claim_quota(std::string_view name) -> bool {
    auto const at = name.find(class_infix);
    auto const what = at == std::string_view::npos ? name : name.substr(at + class_infix.size());
    return is_any_of(what, {"persistentvolumeclaims", "requests.storage"});
}

BERTH_DECL auto uses_quota(api::kind const& k, std::string_view resource) -> bool {
    if (resource == count_name(k) || (has_plain_count(k) && resource == k.resource->plural)) return true;
    if (is_kind<pod>(k)) return is_pod_quota(resource);
    if (is_kind<service>(k)) return is_any_of(resource, {"services.nodeports", "services.loadbalancers"});
    return is_kind<persistent_volume_claim>(k) && is_claim_quota(resource);
}

BERTH_DECL auto scopes_of(resource_quota const& q) -> std::vector<scoped_resource_selector_requirement> {
    auto out = std::vector<scoped_resource_selector_requirement>();
    for (auto const& scope : q.spec.scopes) {
        auto& r = out.emplace_back();
        r.scope_name = scope;
        r.operator_ = "Exists";
    }
    if (q.spec.scope_selector)
        out.insert(out.end(), q.spec.scope_selector->match_expressions.begin(),
                   q.spec.scope_selector->match_expressions.end());
    return out;
}

inline auto requirement_holds(scoped_resource_selector_requirement const& r, std::string const& value)
    -> bool {
    auto const named = std::find(r.values.begin(), r.values.end(), value) != r.values.end();
    if (r.operator_ == "Exists") return !value.empty();
    if (r.operator_ == "DoesNotExist") return value.empty();
    if (r.operator_ == "In") return !value.empty() && named;
    return r.operator_ == "NotIn" && (value.empty() || !named);
}

/// Whether terms for other pods look into other namespaces.
template <class Affinity> auto looks_elsewhere(Affinity const& a) -> bool {
    auto const elsewhere = [](pod_affinity_term const& t) {
        return !t.namespaces.empty() || t.namespace_selector;
    };
    for (auto const& t : a.required_during_scheduling_ignored_during_execution)
        if (elsewhere(t)) return true;
    for (auto const& t : a.preferred_during_scheduling_ignored_during_execution)
        if (elsewhere(t.pod_affinity_term)) return true;
    return false;
}

inline auto looks_elsewhere(pod const& p) -> bool {
    if (!p.spec.affinity) return false;
    auto const& a = *p.spec.affinity;
    return (a.pod_affinity && looks_elsewhere(*a.pod_affinity)) ||
           (a.pod_anti_affinity && looks_elsewhere(*a.pod_anti_affinity));
}

inline auto pod_is_in_scope(scoped_resource_selector_requirement const& r, pod const& p) -> bool {
    auto const ends = p.spec.active_deadline_seconds && *p.spec.active_deadline_seconds >= 0;
    auto const best_effort = qos_class(p.spec) == "BestEffort";
    if (r.scope_name == "Terminating") return ends;
    if (r.scope_name == "NotTerminating") return !ends;
    if (r.scope_name == "BestEffort") return best_effort;
    if (r.scope_name == "NotBestEffort") return !best_effort;
    if (r.scope_name == "PriorityClass") return requirement_holds(r, p.spec.priority_class_name);
    return r.scope_name == "CrossNamespacePodAffinity" && looks_elsewhere(p);
}

/// A claim has the class of attributes that it wants, and those that it has or is about to get.
inline auto claim_is_in_scope(scoped_resource_selector_requirement const& r, persistent_volume_claim const& c)
    -> bool {
    if (r.scope_name != "VolumeAttributesClass") return false;
    auto names = std::set<std::string>();
    auto const add = [&](object::boxed<std::string> const& name) {
        if (name && !name->empty()) names.insert(*name);
    };
    add(c.spec.volume_attributes_class_name);
    add(c.status.current_volume_attributes_class_name);
    if (c.status.modify_volume_status &&
        !c.status.modify_volume_status->target_volume_attributes_class_name.empty())
        names.insert(c.status.modify_volume_status->target_volume_attributes_class_name);
    if (names.empty()) return requirement_holds(r, {});
    return std::any_of(names.begin(), names.end(),
                       [&](std::string const& name) { return requirement_holds(r, name); });
}

BERTH_DECL auto is_in_scope(scoped_resource_selector_requirement const& scope, api::kind const& k,
                            void const* object) -> bool {
    if (auto const* const p = as_kind<pod>(k, object)) return pod_is_in_scope(scope, *p);
    auto const* const c = as_kind<persistent_volume_claim>(k, object);
    return c != nullptr && claim_is_in_scope(scope, *c);
}

/// Whether a container says an amount that a quota limits.
inline auto says_amount(container const& c, std::string_view limited) -> bool {
    constexpr auto requests = std::string_view("requests.");
    constexpr auto limits = std::string_view("limits.");
    if (starts_with(limited, limits)) return c.resources.limits.contains(limited.substr(limits.size()));
    if (starts_with(limited, requests)) limited.remove_prefix(requests.size());
    return c.resources.requests.contains(limited);
}

BERTH_DECL auto unsaid_amounts(std::vector<std::string> const& limited, api::kind const& k,
                               void const* object) -> std::string {
    auto const* const p = as_kind<pod>(k, object);
    if (p == nullptr) return {};
    auto const& whole = p->spec.resources;
    if (whole && !(whole->requests.empty() && whole->limits.empty())) return {};
    auto out = std::string();
    for (auto const& name : std::set<std::string>(limited.begin(), limited.end())) {
        if (!is_any_of(name,
                       {"cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"}))
            continue;
        auto silent = std::set<std::string>();
        for (auto const* const containers : {&p->spec.containers, &p->spec.init_containers})
            for (auto const& c : *containers)
                if (!says_amount(c, name)) silent.insert(c.name);
        if (silent.empty()) continue;
        out += out.empty() ? "must specify " : "; ";
        (out += name) += " for: " + joined({silent.begin(), silent.end()});
    }
    return out;
}

} // namespace berth::kube::detail

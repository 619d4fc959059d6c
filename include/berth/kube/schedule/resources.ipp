#pragma once

/// \file
/// The bodies of `berth/kube/schedule/resources.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/resources.hpp>

#include <algorithm>

namespace berth::kube {

BERTH_DECL auto amounts::operator+=(amounts const& other) -> amounts& {
    return combine(other, [](auto a, auto b) { return a + b; });
}

BERTH_DECL auto amounts::operator-=(amounts const& other) -> amounts& {
    return combine(other, [](auto a, auto b) { return a - b; });
}

BERTH_DECL auto amounts::raise_to(amounts const& other) -> amounts& {
    return combine(other, [](auto a, auto b) { return std::max(a, b); });
}

BERTH_DECL auto amounts::nothing() const -> bool {
    return cpu == 0 && memory == 0 && storage == 0 && extended.empty();
}

BERTH_DECL auto amounts::of(std::string_view resource) const -> std::int64_t {
    if (resource == "cpu") return cpu;
    if (resource == "memory") return memory;
    if (resource == "ephemeral-storage") return storage;
    return extended.get(resource);
}

BERTH_DECL auto amounts_of(resource_list const& list) -> amounts {
    auto out = amounts{};
    for (auto const& [name, quantity] : list) {
        if (name == "cpu") out.cpu = quantity.milli_value();
        else if (name == "memory") out.memory = quantity.value();
        else if (name == "ephemeral-storage") out.storage = quantity.value();
        else if (name != "pods" && quantity.value() != 0) out.extended[name] = quantity.value();
    }
    return out;
}

BERTH_DECL auto pod_limit(resource_list const& allocatable) -> std::int64_t {
    auto const* const q = allocatable.find("pods");
    return q == nullptr ? 0 : q->value();
}

} // namespace berth::kube

namespace berth::kube::detail {

inline auto with_assumed(resource_list const& requests, bool assumed) -> amounts {
    auto out = amounts_of(requests);
    if (assumed && !requests.contains("cpu")) out.cpu = assumed_cpu;
    if (assumed && !requests.contains("memory")) out.memory = assumed_memory;
    return out;
}

/// The greater of both, resource by resource.
inline auto raise_to(resource_list& to, resource_list const& other) -> void {
    for (auto const& [name, quantity] : other) {
        auto const* const mine = to.find(name);
        if (mine == nullptr || *mine < quantity) to[name] = quantity;
    }
}

/// Whether the node of a pod has found that it can never be resized as it asks.
inline auto resize_is_infeasible(pod_status const& s) -> bool {
    auto const* const pending = object::find_condition(s.conditions, "PodResizePending");
    return pending != nullptr && pending->reason == "Infeasible";
}

/// What counts of three lists while something is resized.
inline auto while_resized(resource_list asked, resource_list const& has, resource_list const& set_aside,
                          pod_status const& told) -> resource_list {
    if (resize_is_infeasible(told)) asked = has;
    else raise_to(asked, has);
    raise_to(asked, set_aside);
    return asked;
}

/// The status of a container, if it tells of resources.
inline auto resources_told_of(std::string const& container, pod_status const& told)
    -> container_status const* {
    for (auto const* const all : {&told.container_statuses, &told.init_container_statuses})
        for (auto const& s : *all)
            if (s.name == container) return s.resources ? &s : nullptr;
    return nullptr;
}

/// `told`: the status of the pod; null where it does not count.
inline auto container_request(container const& c, pod_status const* told, bool assumed) -> amounts {
    auto const* const s = told == nullptr ? nullptr : resources_told_of(c.name, *told);
    if (s == nullptr) return with_assumed(c.resources.requests, assumed);
    return with_assumed(
        while_resized(c.resources.requests, s->resources->requests, s->allocated_resources, *told), assumed);
}

/// Containers run together; init containers one after the other, beside the sidecars started before them.
inline auto sum_containers(pod_spec const& spec, pod_status const* told, bool assumed) -> amounts {
    auto together = amounts{};
    for (auto const& c : spec.containers) together += container_request(c, told, assumed);
    auto sidecars = amounts{};
    auto starting = amounts{};
    for (auto const& c : spec.init_containers) {
        auto const own = container_request(c, is_sidecar(c) ? told : nullptr, assumed);
        if (is_sidecar(c)) sidecars += own;
        auto during = sidecars;
        if (!is_sidecar(c)) during += own;
        starting.raise_to(during);
    }
    together += sidecars;
    together.raise_to(starting);
    return together;
}

/// What the pod asks for as a whole goes before what its containers ask for.
inline auto apply_whole(resource_list const& requests, amounts& out) -> void {
    auto const whole = amounts_of(requests);
    if (requests.contains("cpu")) out.cpu = whole.cpu;
    if (requests.contains("memory")) out.memory = whole.memory;
    for (auto const& [name, value] : whole.extended)
        if (name.starts_with("hugepages-")) out.extended[name] = value;
}

inline auto request_with(pod_spec const& spec, pod_status const* told, bool assumed) -> amounts {
    auto out = sum_containers(spec, told, assumed);
    if (spec.resources) {
        auto const& asked = spec.resources->requests;
        if (told == nullptr || !told->resources) apply_whole(asked, out);
        else
            apply_whole(while_resized(asked, told->resources->requests, told->allocated_resources, *told),
                        out);
    }
    out += amounts_of(spec.overhead);
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto request_of(pod_spec const& spec, bool assumed) -> amounts {
    return detail::request_with(spec, nullptr, assumed);
}

BERTH_DECL auto request_of(pod const& p, bool assumed) -> amounts {
    return detail::request_with(p.spec, &p.status, assumed);
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/schedule/resources.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/resources.hpp>

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

inline auto container_request(container const& c, bool assumed) -> amounts {
    auto out = amounts_of(c.resources.requests);
    if (assumed && !c.resources.requests.contains("cpu")) out.cpu = assumed_cpu;
    if (assumed && !c.resources.requests.contains("memory")) out.memory = assumed_memory;
    return out;
}

/// Containers run together; init containers one after the other, beside the sidecars started before them.
inline auto sum_containers(pod_spec const& spec, bool assumed) -> amounts {
    auto together = amounts{};
    for (auto const& c : spec.containers) together += container_request(c, assumed);
    auto sidecars = amounts{};
    auto starting = amounts{};
    for (auto const& c : spec.init_containers) {
        auto const own = container_request(c, assumed);
        if (is_sidecar(c)) sidecars += own;
        auto during = sidecars;
        if (!is_sidecar(c)) during += own;
        starting.raise_to(during);
    }
    together += sidecars;
    together.raise_to(starting);
    return together;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto request_of(pod_spec const& spec, bool assumed) -> amounts {
    auto out = detail::sum_containers(spec, assumed);
    if (spec.resources) {
        auto const whole = amounts_of(spec.resources->requests);
        if (spec.resources->requests.contains("cpu")) out.cpu = whole.cpu;
        if (spec.resources->requests.contains("memory")) out.memory = whole.memory;
        for (auto const& [name, value] : whole.extended)
            if (name.starts_with("hugepages-")) out.extended[name] = value;
    }
    out += amounts_of(spec.overhead);
    return out;
}

} // namespace berth::kube

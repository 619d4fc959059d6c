#pragma once

/// \file
/// What a pod asks for and a node has, in whole units that add up fast.

#include <berth/kube/core/pod/state.hpp>

#include <algorithm>

namespace berth::kube {

/// Amounts: processors in thousandths, memory and ephemeral storage in bytes, others in whole units.
struct amounts {
    std::int64_t cpu = 0;
    std::int64_t memory = 0;
    std::int64_t storage = 0;
    object::dictionary<std::int64_t> extended; ///< by the name of the resource; without zeros

    auto operator+=(amounts const& other) -> amounts& {
        return combine(other, [](auto a, auto b) { return a + b; });
    }
    auto operator-=(amounts const& other) -> amounts& {
        return combine(other, [](auto a, auto b) { return a - b; });
    }
    /// The greater of both, resource by resource.
    auto raise_to(amounts const& other) -> amounts& {
        return combine(other, [](auto a, auto b) { return std::max(a, b); });
    }
    [[nodiscard]] auto nothing() const -> bool {
        return cpu == 0 && memory == 0 && storage == 0 && extended.empty();
    }

    friend auto operator==(amounts const&, amounts const&) -> bool = default;

private:
    template <class F> auto combine(amounts const& other, F f) -> amounts& {
        cpu = f(cpu, other.cpu);
        memory = f(memory, other.memory);
        storage = f(storage, other.storage);
        for (auto const& [name, value] : other.extended) {
            auto& mine = extended[name];
            mine = f(mine, value);
            if (mine == 0) extended.erase(name);
        }
        return *this;
    }
};

/// A list of resources as amounts. `pods` is not an amount: it is counted, see `pod_limit`.
[[nodiscard]] inline auto amounts_of(resource_list const& list) -> amounts {
    auto out = amounts{};
    for (auto const& [name, quantity] : list) {
        if (name == "cpu") out.cpu = quantity.milli_value();
        else if (name == "memory") out.memory = quantity.value();
        else if (name == "ephemeral-storage") out.storage = quantity.value();
        else if (name != "pods" && quantity.value() != 0) out.extended[name] = quantity.value();
    }
    return out;
}

/// How many pods a node may run.
[[nodiscard]] inline auto pod_limit(resource_list const& allocatable) -> std::int64_t {
    auto const* const q = allocatable.find("pods");
    return q == nullptr ? 0 : q->value();
}

/// What a container that does not ask for processors or memory counts as, where loads are compared
/// (`util/non_zero.go`).
inline constexpr std::int64_t assumed_cpu = 100;
inline constexpr std::int64_t assumed_memory = std::int64_t{200} * 1024 * 1024;

namespace detail {

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

} // namespace detail

/// What a pod asks for (kubernetes 1.36, `resource/helpers.go`, `PodRequests`). With `assumed`, containers
/// that do not ask for processors or memory count as asking for a little.
[[nodiscard]] inline auto request_of(pod_spec const& spec, bool assumed = false) -> amounts {
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

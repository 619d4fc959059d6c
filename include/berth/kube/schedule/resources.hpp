#pragma once

/// \file
/// What a pod asks for and a node has, in whole units that add up fast.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/state.hpp>

#include <cstdint>
#include <string_view>

namespace berth::kube {

/// Amounts: processors in thousandths, memory and ephemeral storage in bytes, others in whole units.
struct amounts {
    std::int64_t cpu = 0;
    std::int64_t memory = 0;
    std::int64_t storage = 0;
    object::dictionary<std::int64_t> extended; ///< by the name of the resource; without zeros

    auto operator+=(amounts const& other) -> amounts&;
    auto operator-=(amounts const& other) -> amounts&;
    /// The greater of both, resource by resource.
    auto raise_to(amounts const& other) -> amounts&;
    [[nodiscard]] auto nothing() const -> bool;
    /// Of one resource, by its name: `cpu`, `memory`, `ephemeral-storage`, or an extended one.
    [[nodiscard]] auto of(std::string_view resource) const -> std::int64_t;

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
[[nodiscard]] BERTH_DECL auto amounts_of(resource_list const& list) -> amounts;

/// How many pods a node may run.
[[nodiscard]] BERTH_DECL auto pod_limit(resource_list const& allocatable) -> std::int64_t;

/// What a container that does not ask for processors or memory counts as, where loads are compared
/// (`util/non_zero.go`).
inline constexpr std::int64_t assumed_cpu = 100;
inline constexpr std::int64_t assumed_memory = std::int64_t{200} * 1024 * 1024;

/// What a pod asks for (kubernetes 1.36, `resource/helpers.go`, `PodRequests`). With `assumed`, containers
/// that do not ask for processors or memory count as asking for a little.
[[nodiscard]] BERTH_DECL auto request_of(pod_spec const& spec, bool assumed = false) -> amounts;

/// What a pod takes of its node (the same source, `UseStatusResources`). While a container is resized in
/// place it is the most of what it asks for, what its node has set aside for it, and what it has; a resize
/// that its node finds infeasible does not count. So is what the pod asks for as a whole.
[[nodiscard]] BERTH_DECL auto request_of(pod const& p, bool assumed = false) -> amounts;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/resources.ipp>
#endif

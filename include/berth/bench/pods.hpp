#pragma once

/// \file
/// Nodes and pods of the Kubernetes vocabulary as benchmarks want them: many, alike, and numbered.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/object/any_object.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace berth::bench {

inline constexpr auto zone_label = "topology.kubernetes.io/zone";
inline constexpr auto host_label = "kubernetes.io/hostname";

/// A value as the API would give it, at revision 1.
template <object::kind_type T> [[nodiscard]] auto as_stored(T value) -> object::stored<T> {
    return object::stored<T>({object::any_object(std::move(value)), 1});
}

/// What a node has. The defaults are those of kubernetes' `scheduler_perf`.
struct node_size {
    std::int64_t cpu = 4; ///< processors
    std::int64_t memory_gib = 32;
    std::int64_t pods = 110;
    std::int64_t foos = 0; ///< `foo.com/bar`, an extended resource; 0: it has none
    int zones = 0;         ///< in zone-0, zone-1, ... in turn; 0: it has no zone
};
/// `node-<i>`, with its name as the label of a host.
[[nodiscard]] BERTH_DECL auto make_node(std::int64_t i, node_size const& size = {}) -> kube::node;

/// What a pod asks for, and where it lives. The defaults are those of `scheduler_perf`.
struct pod_size {
    std::int64_t cpu_milli = 100;
    std::int64_t memory_mib = 500;
    std::string namespace_ = "sched-1";
};
/// `pod-<i>`, with its name as uid, and one container.
[[nodiscard]] BERTH_DECL auto make_pod(std::int64_t i, pod_size const& size = {}) -> kube::pod;

// Pods of `scheduler_perf`: variations of `make_pod(i)`.
[[nodiscard]] BERTH_DECL auto important(std::int64_t i, std::int32_t priority, std::int64_t cpu_milli)
    -> kube::pod;
/// Labelled `color: <color>`.
[[nodiscard]] BERTH_DECL auto colored(std::int64_t i, char const* color) -> kube::pod;
/// Colored pods in the same host or zone (`key`), of two namespaces.
[[nodiscard]] BERTH_DECL auto company_of(char const* color, char const* key) -> kube::pod_affinity_term;
/// The same of all namespaces labelled `team: devops`.
[[nodiscard]] BERTH_DECL auto of_devops(kube::pod_affinity_term t) -> kube::pod_affinity_term;
/// Green; never with such company.
[[nodiscard]] BERTH_DECL auto apart(std::int64_t i, kube::pod_affinity_term t) -> kube::pod;
/// Blue; only with such company.
[[nodiscard]] BERTH_DECL auto together(std::int64_t i, kube::pod_affinity_term t) -> kube::pod;
/// Red; rather with such company.
[[nodiscard]] BERTH_DECL auto rather_together(std::int64_t i, kube::pod_affinity_term t) -> kube::pod;
/// Yellow; rather without such company.
[[nodiscard]] BERTH_DECL auto rather_apart(std::int64_t i, kube::pod_affinity_term t) -> kube::pod;
/// Blue; spread over zones with a skew of 5: `DoNotSchedule` or `ScheduleAnyway`.
[[nodiscard]] BERTH_DECL auto spread_over_zones(std::int64_t i, char const* when_unsatisfiable) -> kube::pod;
/// Only on nodes of zone-0 and zone-1.
[[nodiscard]] BERTH_DECL auto in_two_zones(std::int64_t i) -> kube::pod;
/// Only on the node of this name, as daemons are.
[[nodiscard]] BERTH_DECL auto on_node(std::int64_t i, char const* name) -> kube::pod;
/// In one of a hundred namespaces `devops-<n>`, by the last digit of its name.
[[nodiscard]] BERTH_DECL auto in_devops(kube::pod p) -> kube::pod;

} // namespace berth::bench

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/bench/pods.ipp>
#endif

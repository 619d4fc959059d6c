#pragma once

/// \file
/// The workloads of kubernetes' `scheduler_perf` (test/integration/scheduler_perf, 1.36), by their names
/// there: clusters with pods on them, and who comes.

#include <berth/bench/decisions.hpp>
#include <berth/bench/pods.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth::bench {

/// Who is there, and who comes. All pods are functions of their number.
struct pod_shape {
    std::string name;
    int zones = 0;                              ///< 0: nodes have no zone
    double first = 1;                           ///< pods that are there at first, for each node
    kube::pod (*there)(std::int64_t) = nullptr; ///< they
    kube::pod (*comes)(std::int64_t) = nullptr; ///< who is placed
    std::int64_t round = 2000;                  ///< so many are placed until they leave again
    bool hopeless = false;                      ///< who comes finds no place
    bool evicts = false;                        ///< others leave for who comes
    std::int64_t promised = 0; ///< so many nodes are promised to others that have not come yet
    void (*furnish)(kube::catalogue&) = nullptr; ///< what the cluster has beside nodes and pods
};
/// `SchedulingBasic`, `PreemptionBasic`, `TopologySpreading` and the others; made once.
[[nodiscard]] BERTH_DECL auto scheduler_perf() -> std::span<pod_shape const>;
/// The one of this name, or null.
[[nodiscard]] BERTH_DECL auto find_shape(std::string_view name) -> pod_shape const*;

/// The books of nodes, and the catalogue that its pods look into.
struct pod_books {
    using touches = kube::facets::pod_books;

    std::shared_ptr<kube::catalogue const> catalogue;

    auto view(kube::pod_handle const& p) const -> kube::pod_info const& { return *p; }
    auto enter(kube::pod_handle const& p, kube::node_info& n) const -> void { n.add(p); }
    auto leave(kube::pod_handle const& p, kube::node_info& n) const -> void { n.remove(*p); }
};
/// A workload of pods and nodes, for `measure`.
using pod_workload = workload<kube::node_info, kube::pod_handle, pod_books>;

/// So many nodes, with the first pods of a shape on them as the default profile places them, and one round of
/// who comes. (Nobody is evicted by `measure`, and no promise is kept: with a shape that needs either, pods
/// find no place.)
[[nodiscard]] BERTH_DECL auto make_workload(pod_shape const& shape, std::int64_t nodes,
                                            node_size const& size = {}) -> pod_workload;
/// The same by name. Programmer error: there is no shape of this name.
[[nodiscard]] BERTH_DECL auto make_workload(std::string_view shape, std::int64_t nodes) -> pod_workload;

} // namespace berth::bench

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/bench/pod_workload.ipp>
#endif

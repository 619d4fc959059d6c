#pragma once

/// \file
/// Which pods are alike for the scheduler: a placer remembers its answers for such.

#include <berth/core/config.hpp>

#include <cstddef>
#include <functional>

namespace berth::kube {

struct pod_info;

/// What of a pod its place may depend on. Two are equal if all of this is: namespace, labels, annotations,
/// owners; of the spec the affinities, selectors, tolerations, spreading, priority, node and scheduler names,
/// host network; requests, ports, images, and volumes that not every node can have. Of no account are name,
/// uid and times, the status, and what else containers say; but where a volume is made for the pod alone, its
/// name. Nor are annotations and index labels, where the catalogue says so (`catalogue::indexes_matter`): the
/// pods of an indexed job are of one class then. A view: the pod must outlive it.
struct pod_class {
    pod_info const* pod = nullptr;

    friend BERTH_DECL auto operator==(pod_class const& a, pod_class const& b) -> bool;
};

/// Whether a pod asks for index labels of pods (`is_index_label`), its own included: by its affinity to pods,
/// or by how it is to be spread.
[[nodiscard]] BERTH_DECL auto asks_for_indexes(pod_info const& p) -> bool;

/// Whether a pod has volumes that not every node can have.
[[nodiscard]] BERTH_DECL auto depends_on_volumes(pod_info const& p) -> bool;

} // namespace berth::kube

/// The hash of a pod's class, which the pod knows.
template <> struct std::hash<berth::kube::pod_class> {
    BERTH_DECL auto operator()(berth::kube::pod_class const& c) const -> std::size_t;
};

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/pod_class.ipp>
#endif

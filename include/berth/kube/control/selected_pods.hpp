#pragma once

/// \file
/// Pods by their labels: what a selector chooses in a namespace, without a walk over all of its pods.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/object/selector.hpp>
#include <berth/reconcile/controller.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// A namespace and a label as one value of an index: none of the three has a `=` in it.
[[nodiscard]] BERTH_DECL auto label_entry(std::string_view namespace_, std::string_view key,
                                          std::string_view value) -> std::string;

/// The index of pods by namespace and label.
inline constexpr std::string_view pods_by_label = "pods-by-label";

/// Finds pods under each of their labels. A controller that asks for `selected_pods` declares it.
[[nodiscard]] BERTH_DECL auto pod_label_index() -> reconcile::index;

/// The pods of a namespace that a selector matches, in the order of their names. Costs as much as there are
/// pods with the rarest of the labels whose one value the selector names; all of the namespace, if it names
/// none.
[[nodiscard]] BERTH_DECL auto selected_pods(reconcile::snapshot const& world, std::string_view namespace_,
                                            object::selector const& selector)
    -> std::vector<reconcile::seen<pod>>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/control/selected_pods.ipp>
#endif

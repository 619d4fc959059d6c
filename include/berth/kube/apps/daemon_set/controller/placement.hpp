#pragma once

/// \file
/// On which nodes a daemon set has pods, and what these look like (kubernetes 1.36, `pkg/controller/daemon`,
/// `daemon/util/daemonset_util.go`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/type.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/type.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace berth::kube {

/// The label of pods with the generation of the template that they were made of.
inline constexpr std::string_view template_generation_label = "pod-template-generation";

/// The generation of the set's template, if its annotation says one.
[[nodiscard]] BERTH_DECL auto annotated_generation(daemon_set const& set) -> std::optional<std::int64_t>;

/// The spec with the tolerations that every daemon's pod has: it stays where nodes are in trouble.
[[nodiscard]] BERTH_DECL auto with_daemon_tolerations(pod_spec spec) -> pod_spec;

/// What may be on a node.
struct daemon_permission {
    bool run = false;  ///< there is to be a pod
    bool stay = false; ///< a pod that is there may stay

    friend auto operator==(daemon_permission const&, daemon_permission const&) -> bool = default;
};

/// What a node lets pods of this spec do, which has the tolerations of daemons: its name, its labels and its
/// taints decide.
[[nodiscard]] BERTH_DECL auto daemon_permission_on(node const& n, pod_spec const& spec) -> daemon_permission;

/// The node that a pod is on, or is for: the one that its affinity names. Nothing if it names none, or
/// several.
[[nodiscard]] BERTH_DECL auto target_node(pod const& p) -> std::string_view;

/// The pod for a node, of the revision with that hash.
[[nodiscard]] BERTH_DECL auto daemon_pod(daemon_set const& set, std::string_view node,
                                         std::string const& hash) -> pod;

/// Whether a pod is of the set's present template, whose revision has that hash.
[[nodiscard]] BERTH_DECL auto is_updated(daemon_set const& set, pod const& p, std::string_view hash) -> bool;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/daemon_set/controller/placement.ipp>
#endif

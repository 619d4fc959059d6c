#pragma once

/// \file
/// Makes volumes the claims' of pods that are on their way to nodes (kubernetes 1.36,
/// `plugins/volumebinding/binder.go`).

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/volume_binding.hpp>
#include <berth/schedule/permission.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace berth::kube {

/// What the pods that have a node in mind need of volumes. A pod comes here when its place is reserved:
/// * what is planned for its claims (`plan_volumes`) is assumed in the catalogue, so that no other pod is
///   given the same volume;
/// * before it is bound, `ready` has the volumes' and claims' new states written (`send`), and waits until
///   whoever binds claims (the controller of persistent volumes, a provisioner) has bound all of them;
/// * a write that fails, a claim that loses its annotation `volume.kubernetes.io/selected-node`, a volume
///   that the node does not reach: the pod is refused, and tried again later.
///
/// What is written stays written when a pod gives up, as kube-scheduler has it: the claims may be bound
/// without it, and decide where it is tried next.
class volume_binder {
public:
    /// `limit`: how long claims may take to be bound. The catalogue must outlive it.
    explicit volume_binder(catalogue& all, duration limit = minutes(10)) : all_(&all), limit_(limit) {}

    /// A pod is about to come to a node: what its claims get there is assumed. Nothing is, if they are bound
    /// already, or cannot be. Whether the catalogue has other objects now; so of `release` and `send`.
    auto reserve(pod_info const& p, node const& n) -> bool;
    /// A pod does not come to its node: what is assumed for it, and not written, is so no more.
    auto release(std::string const& uid) -> bool;
    /// A pod is bound.
    auto finish(std::string const& uid) -> void;

    /// Whether a pod's volumes are the claims' by now. To be asked again for each pod of `take_due`.
    [[nodiscard]] auto ready(pod_info const& p, node const& n) -> schedule::permission;
    /// Writes what `ready` has found to be written, in one batch.
    auto send(api::any_client& client) -> bool;

    /// A claim or a volume has changed, in the catalogue too.
    auto hear(persistent_volume_claim const& c) -> void;
    auto hear(persistent_volume const& v) -> void;
    /// The labels of a node have changed.
    auto hear(node const& n) -> void;
    /// The pods, by uid, for which something has changed since they were asked for; each once.
    [[nodiscard]] auto take_due() -> std::vector<std::string>;

private:
    /// A claim of a pod, and what it waits for.
    struct part {
        std::string claim;
        std::string volume;        ///< empty: it is to be made
        object::object_ref before; ///< what was known of the volume or claim; null if nothing is assumed
        object::object_ref assumed;
        bool to_write = false;
    };
    struct order {
        std::string space; ///< of the claims
        std::string node;
        std::vector<part> parts;
        bool handed_over = false; ///< what is to be written
        std::string failure;      ///< of a write
    };

    template <object::kind_type T> auto assume(shelf<T>& among, part& p, T changed) -> void;
    auto add_binding(order& o, volume_plan::binding const& b) -> void;
    auto add_provision(order& o, persistent_volume_claim const& c) -> void;
    auto take_back(part const& p) -> bool;
    auto watch(std::string const& uid, order const& o) -> void;
    auto close(std::unordered_map<std::string, order>::iterator at) -> void;
    auto touch(std::string const& what) -> void;
    auto check(order const& o, node const& n) const -> schedule::permission;
    auto check_part(order const& o, part const& p, node const& n) const -> schedule::permission;
    auto wait() const -> schedule::permission;

    catalogue* all_;
    duration limit_;
    std::unordered_map<std::string, order> open_;                ///< by the uid of the pod
    std::unordered_multimap<std::string, std::string> watchers_; ///< uids, by what they look at
    std::vector<std::string> to_send_;                           ///< uids
    std::vector<std::string> due_;                               ///< uids
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/volume_binder.ipp>
#endif

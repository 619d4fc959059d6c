#pragma once

/// \file
/// Which node waits for which pod: pods for whom others were asked to leave (kubernetes 1.36,
/// `pkg/scheduler/backend/queue/nominator.go`).

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace berth::kube {

/// Pods that have no node yet, each with the node that is promised to it. Nothing is reserved by that: others
/// that are at least as important leave it room, and who is more important may take it.
class nominations {
public:
    /// `hear(node)` is called whenever somebody else is expected on a node than before, after the change.
    auto tell(std::function<void(std::string const&)> hear) -> void { hear_ = std::move(hear); }
    /// Promises a node to a pod, in the place of what was promised before.
    auto put(pod_handle p, std::string node) -> void;
    /// The pod of this uid is promised nothing any more. Whether it was.
    auto drop(std::string const& uid) -> bool;

    /// Calls `visit(name)` for each node that is promised to anybody.
    template <class Visit> auto for_each_node(Visit visit) const -> void {
        for (auto const& [node, pods] : nodes_) visit(node);
    }
    [[nodiscard]] auto empty() const -> bool { return nodes_.empty(); }
    /// The node that is promised to a pod; null if none is.
    [[nodiscard]] auto node_of(std::string const& uid) const -> std::string const*;
    /// The node with those who are promised a place on it and whom `p` must respect: others of at least its
    /// priority. Nothing if there are none.
    [[nodiscard]] auto expected(pod_info const& p, node_info const& n) const -> std::optional<node_info>;
    /// Those of lower priority than `p` to whom this node is promised, by uid.
    [[nodiscard]] auto below(pod_info const& p, std::string const& node) const -> std::vector<pod_handle>;

private:
    using promises = std::unordered_map<std::string, pod_handle>;

    std::unordered_map<std::string, promises> nodes_;
    std::unordered_map<std::string, std::string> node_of_;
    std::function<void(std::string const&)> hear_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/nominations.ipp>
#endif

#pragma once

/// \file
/// The bindings of one step of a scheduler, which leave together.

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/waiting_queue.hpp>

#include <string>
#include <utility>
#include <vector>

namespace berth::kube {

/// Bindings that wait to leave in one batch.
class binding_batch {
public:
    /// The pod of this ticket is to be bound to a node.
    auto put(pod_info const& p, std::string const& node, schedule::ticket id) -> void;
    /// Sends them off, and answers what became of each, in the order in which they came here.
    [[nodiscard]] auto send(api::any_client& client)
        -> std::vector<std::pair<schedule::ticket, result<void>>>;

private:
    std::vector<api::write> writes_;
    std::vector<schedule::ticket> ids_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/binding_batch.ipp>
#endif

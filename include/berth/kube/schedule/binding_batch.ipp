#pragma once

/// \file
/// The bodies of `berth/kube/schedule/binding_batch.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/binding_batch.hpp>
#include <berth/kube/schedule/writes.hpp>

namespace berth::kube {

BERTH_DECL auto binding_batch::put(pod_info const& p, std::string const& node, schedule::ticket id) -> void {
    writes_.push_back(binding_of(p, node));
    ids_.push_back(id);
}

BERTH_DECL auto binding_batch::send(api::any_client& client)
    -> std::vector<std::pair<schedule::ticket, result<void>>> {
    auto out = std::vector<std::pair<schedule::ticket, result<void>>>();
    if (ids_.empty()) return out;
    auto const ids = std::exchange(ids_, {});
    auto answers = client.commit(std::exchange(writes_, {}));
    for (std::size_t i = 0; i < ids.size(); ++i) {
        auto& a = answers[i];
        out.emplace_back(ids[i], a ? result<void>() : std::unexpected(std::move(a).error()));
    }
    return out;
}

} // namespace berth::kube

#pragma once

/// \file
/// What happens to the pods of nodes: a cache of them, and its changes in a line.

#include <berth/api/any_client.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/reconcile/cache.hpp>

#include <utility>
#include <vector>

namespace berth::node::detail {

/// Follows the pods that the options select. Changes are told once they are taken, in order.
class pod_news {
public:
    pod_news(api::any_client client, reconcile::reflector_options which)
        : cache_(std::move(client), {}, patient(std::move(which))),
          listening_(cache_.listen([this](auto const&, auto const& c) { changes_.push_back(c); })) {}
    pod_news(pod_news const&) = delete;
    auto operator=(pod_news const&) -> pod_news& = delete;

    auto on_wake(waker w) -> void { cache_.on_wake(w); }
    auto step(time_point now) -> wake { return cache_.step(now); }
    [[nodiscard]] auto synced() const -> bool { return cache_.synced(); }

    /// What has happened since the last call.
    [[nodiscard]] auto take() -> std::vector<reconcile::change> { return std::exchange(changes_, {}); }

    /// A node is not kept waiting for long once the API is back.
    static auto patient(reconcile::reflector_options which) -> reconcile::reflector_options {
        which.max = seconds(5);
        return which;
    }

private:
    std::vector<reconcile::change> changes_;
    reconcile::cache<kube::pod> cache_;
    reconcile::caches::listening listening_;
};

} // namespace berth::node::detail

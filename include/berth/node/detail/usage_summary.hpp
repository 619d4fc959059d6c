#pragma once

/// \file
/// What the containers of one node use, as it is told.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/metrics/node_summary/type.hpp>
#include <berth/node/options.hpp>
#include <berth/node/runtime.hpp>

#include <string>
#include <utility>

namespace berth::node::detail {

/// The rate of a container that has used `use`, of which it had used `before` a window ago.
[[nodiscard]] BERTH_DECL auto rate_of(container_use const& use, duration before, duration window)
    -> container_rate;

/// The sum and the parts. The node's use is that of its containers: several agents may share one machine.
class usage_summary {
public:
    /// A pod; `containers(take)` calls `take(name, rate)` for each of its containers that runs.
    template <class Containers> auto add(kube::pod const& p, Containers const& containers) -> void {
        auto one = kube::pod_summary();
        containers([&](std::string const& name, container_rate const& rate) { enter(one, name, rate); });
        if (!one.containers.empty()) enter(p, std::move(one));
    }

    [[nodiscard]] auto as_object(std::string const& node, agent_options const& options, duration window,
                                 time_point now) const -> kube::node_summary;

private:
    auto enter(kube::pod_summary& pod, std::string const& name, container_rate const& rate) -> void;
    auto enter(kube::pod const& p, kube::pod_summary one) -> void;

    container_rate sum_;
    object::list<kube::pod_summary> pods_;
};

} // namespace berth::node::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/detail/usage_summary.ipp>
#endif

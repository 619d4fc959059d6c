#pragma once

/// \file
/// The bodies of `berth/node/detail/usage_summary.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/backoff.hpp>
#include <berth/node/detail/usage_summary.hpp>

#include <algorithm>

namespace berth::node::detail {

inline auto amounts_of(container_rate const& r) -> kube::resource_list {
    auto out = kube::resource_list();
    out["cpu"] = object::quantity::parse(std::to_string(r.cpu_nanocores) + "n").value_or(object::quantity());
    out["memory"] = object::quantity::of(r.memory_bytes / 1024 * 1024, object::quantity_format::binary_si);
    return out;
}

BERTH_DECL auto rate_of(container_use const& use, duration before, duration window) -> container_rate {
    auto const spent = std::max(std::int64_t{0}, (use.cpu - before).nanoseconds);
    auto const milliseconds = std::max(std::int64_t{1}, window.nanoseconds / 1'000'000);
    return {.cpu_nanocores = (duration{spent} * 1'000).nanoseconds / milliseconds,
            .memory_bytes = use.memory_bytes};
}

BERTH_DECL auto usage_summary::enter(kube::pod_summary& pod, std::string const& name,
                                     container_rate const& rate) -> void {
    auto& c = pod.containers.emplace_back();
    c.name = name;
    c.usage = amounts_of(rate);
    sum_.cpu_nanocores += rate.cpu_nanocores;
    sum_.memory_bytes += rate.memory_bytes;
}

BERTH_DECL auto usage_summary::enter(kube::pod const& p, kube::pod_summary one) -> void {
    one.namespace_ = p.metadata.namespace_;
    one.name = p.metadata.name;
    one.labels = p.metadata.labels;
    pods_.push_back(std::move(one));
}

BERTH_DECL auto usage_summary::as_object(std::string const& node, agent_options const& options,
                                         duration window, time_point now) const -> kube::node_summary {
    auto out = kube::node_summary();
    out.metadata.name = node;
    out.metadata.labels = options.labels;
    out.metadata.labels["kubernetes.io/hostname"] = node;
    out.timestamp = object::timestamp(now);
    out.window = go_duration(window);
    out.usage = amounts_of(sum_);
    out.pods = pods_;
    return out;
}

} // namespace berth::node::detail

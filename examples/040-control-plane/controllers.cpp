/// \file
/// The controllers of the control plane.

#include "parts.hpp"

#include <berth/core/threads.hpp>
#include <berth/kube/control/controller_manager.hpp>

namespace plane {

namespace {

auto ranges_of(controller_options const& o) -> berth::result<berth::kube::node_ipam_options> {
    if (o.cluster_ranges.empty()) return berth::kube::node_ipam_options{};
    return berth::kube::node_ipam_options::of(o.cluster_ranges, o.range_prefix_v4, o.range_prefix_v6);
}

class controllers final : public part {
public:
    controllers(api_access const& api, controller_options const& options)
        : all_(api.as(berth::api::system_identity("kube-controller-manager")), api.kinds, settings(options)) {
    }

    auto run(std::stop_token stop) -> void override { berth::run_on_threads(stop, all_); }

private:
    static auto settings(controller_options const& o) -> berth::kube::controller_manager_options {
        auto out = berth::kube::controller_manager_options{};
        out.nodes.grace = o.node_grace;
        out.nodes.startup_grace = o.startup_grace;
        out.nodes.period = o.monitor_period;
        out.nodes.evictions.normal = o.eviction_rate;
        out.ranges = ranges_of(o).value(); // `complaint_about` would have said why not
        out.autoscalers.period = o.autoscaler_period;
        out.volumes.period = o.binder_period;
        out.pods.finished = o.finished_pods;
        if (!o.keys.certificate.empty()) out.root_certificates = o.keys.certificate;
        out.certificates = o.keys.certificates;
        out.tokens = o.keys.tokens;
        return out;
    }

    berth::kube::controller_manager all_;
};

} // namespace

auto complaint_about(controller_options const& options) -> std::string {
    auto const ranges = ranges_of(options);
    return ranges ? std::string() : ranges.error().message;
}

auto make_controllers(api_access const& api, controller_options options) -> std::unique_ptr<part> {
    return std::make_unique<controllers>(api, options);
}

} // namespace plane

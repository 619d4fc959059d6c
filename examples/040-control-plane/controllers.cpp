/// \file
/// The controllers of the control plane.

#include "parts.hpp"

#include <berth/api/http/component_pages.hpp>
#include <berth/api/http/listener.hpp>
#include <berth/core/clock.hpp>
#include <berth/core/threads.hpp>
#include <berth/kube/control/controller_manager.hpp>
#include <berth/kube/core/service/admission.hpp>

#include <cstdio>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace plane {

namespace {

auto ranges_of(controller_options const& o) -> berth::result<berth::kube::node_ipam_options> {
    if (o.cluster_ranges.empty()) return berth::kube::node_ipam_options{};
    auto out = berth::kube::node_ipam_options::of(o.cluster_ranges, o.range_prefix_v4, o.range_prefix_v6);
    if (out) out->reserved.emplace_back(berth::kube::service_range);
    return out;
}

class controllers final : public part {
public:
    controllers(api_access const& api, controller_options const& options,
                std::function<berth::api::shared_fence()> leadership)
        : all_(api.as(berth::api::system_identity("kube-controller-manager")), api.kinds,
               settings(options, leadership)) {
        all_.hold(static_cast<bool>(leadership));
        if (options.about_port) about_.emplace(pages(), listening_on(*options.about_port));
    }

    auto run(std::stop_token stop) -> void override {
        auto serves = std::jthread();
        if (about_) {
            if (auto ok = about_->open(); ok)
                serves = std::jthread([this](std::stop_token s) { about_->run(s); });
            else std::fprintf(stderr, "control-plane: %s\n", ok.error().message.c_str());
        }
        berth::run_on_threads(stop, all_);
    }
    auto lead(bool leads) -> void override { all_.hold(!leads); }

private:
    using health_checks = std::vector<berth::api::http::health_check>;

    static auto listening_on(std::uint16_t port) -> berth::api::http::listen_options {
        auto out = berth::api::http::listen_options{};
        out.port = port;
        return out;
    }
    static auto pages_of(std::vector<berth::reconcile::check> const& checks) -> health_checks {
        auto out = health_checks();
        for (auto const& c : checks)
            out.push_back({c.name, [c]() -> berth::result<void> {
                               if (c.well()) return {};
                               return berth::fail(berth::error_code::internal, c.problem);
                           }});
        return out;
    }
    [[nodiscard]] auto pages() const -> berth::api::http::component_pages {
        return {.health = [this] { return pages_of(all_.loops().health()); },
                .readiness = [this] { return pages_of(all_.loops().readiness()); },
                .metrics = [this] { return all_.loops().metrics(); }};
    }

    static auto settings(controller_options const& o,
                         std::function<berth::api::shared_fence()> const& leadership)
        -> berth::kube::controller_manager_options {
        auto out = berth::kube::controller_manager_options{};
        out.leadership = leadership;
        out.clock = [] { return berth::system_clock().now(); };
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
    std::optional<berth::api::http::listener> about_;
};

} // namespace

auto complaint_about(controller_options const& options) -> std::string {
    auto const ranges = ranges_of(options);
    return ranges ? std::string() : ranges.error().message;
}

auto make_controllers(api_access const& api, controller_options options,
                      std::function<berth::api::shared_fence()> leadership) -> std::unique_ptr<part> {
    return std::make_unique<controllers>(api, options, std::move(leadership));
}

} // namespace plane

#pragma once

/// \file
/// The parts of a control plane in one process. Each is made here and run on a thread of its own by who made
/// it.

#include "credentials.hpp"
#include "store.hpp"

#include <berth/api/any_client.hpp>
#include <berth/api/fence.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/schedule/configuration.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace plane {

using api_server = berth::api::server;

/// An API as the parts reach it, in this process or in another.
struct api_access {
    std::function<berth::api::any_client(berth::api::identity)> as; ///< a client that speaks for somebody
    berth::api::shared_registry kinds;
};
/// The API of a server in this process, which must outlive it.
auto access_to(api_server& api) -> api_access;

/// Something that runs until it is told to stop.
struct part {
    part() = default;
    part(part const&) = delete;
    auto operator=(part const&) -> part& = delete;
    virtual ~part() = default;
    virtual auto run(std::stop_token stop) -> void = 0;
    /// Of a part that stands by (`candidature::warm`): whether it may work. It may not before it is told so.
    virtual auto lead(bool /*leads*/) -> void {}
};

/// The HTTP front of the API server.
struct front : part {
    /// Where clients find it.
    [[nodiscard]] virtual auto url() const -> std::string = 0;
};

struct front_options {
    std::uint16_t port = 0;              ///< 0: any free one
    std::string logs;                    ///< the folder of the containers' logs
    berth::kube::token_authority tokens; ///< whose bearers are known
};
/// Errors: the port is taken.
auto make_front(api_server& api, front_options options) -> berth::result<std::unique_ptr<front>>;

/// Hears where each pod went, and the table that says why.
using explanation_sink =
    std::function<void(berth::object::key const&, std::string const& node, std::string const& why)>;
struct scheduler_settings {
    berth::kube::scheduler_configuration configuration = {}; ///< profiles and limits
    explanation_sink explain = {};
};
auto make_scheduler(api_access const& api, scheduler_settings settings) -> std::unique_ptr<part>;

/// Serves custom kinds; part of every API server.
auto make_custom_kinds(api_server& api) -> std::unique_ptr<part>;
/// Comes to know the custom kinds of an API server somewhere else, for controllers that look after all kinds.
auto follow_custom_kinds(api_access const& api) -> std::unique_ptr<part>;

struct controller_options {
    berth::duration node_grace = berth::seconds(50);    ///< how long a silent node counts as alive
    berth::duration startup_grace = berth::seconds(60); ///< the same for one that never said anything
    berth::duration monitor_period = berth::seconds(5); ///< how often nodes that are not ready are looked at
    double eviction_rate = 0.1;                         ///< how many nodes of a zone are given up in a second
    std::string cluster_ranges = "10.244.0.0/16"; ///< of which nodes get theirs; empty: nobody gives them any
    std::optional<int> range_prefix_v4 = {};      ///< of a node's range, in bits
    std::optional<int> range_prefix_v6 = {};
    berth::duration autoscaler_period = berth::seconds(15);
    berth::duration binder_period = berth::seconds(15); ///< how often claims without a volume are looked at
    std::size_t finished_pods = 12'500;                 ///< how many finished pods may stay; 0: any number
    /// Where to serve `/healthz`, `/readyz` and `/metrics` of the controllers, on the loopback interface;
    /// nothing: nowhere.
    std::optional<std::uint16_t> about_port = {};
    credentials keys; ///< what certificates and secrets' tokens are signed with
};
/// What is wrong with them; empty if nothing is.
auto complaint_about(controller_options const& options) -> std::string;
/// `leadership`: under which they work; they stand by until they are told to lead. Empty: they work at once.
auto make_controllers(api_access const& api, controller_options options,
                      std::function<berth::api::shared_fence()> leadership = {}) -> std::unique_ptr<part>;

struct worker_options {
    std::string name;
    std::string logs;    ///< the folder of the containers' logs
    std::string volumes; ///< that of the pods' volumes; empty: one that goes with the program
    berth::duration heartbeat = berth::seconds(10); ///< between renewals of the lease
    std::string capacity_cpu;                       ///< empty: what the machine has
    std::string capacity_memory;
    berth::object::string_map labels;
    bool own_ranges = true; ///< may take addresses for its pods that nobody gives it
    berth::duration pretended_run = berth::seconds(1); ///< of those that are to end
    int pretended_exit_code = 0;
    berth::duration usage_interval = berth::seconds(15); ///< between reports of what containers use
};
/// Errors: processes cannot be run here; an amount is none.
auto make_worker(api_access const& api, worker_options options) -> berth::result<std::unique_ptr<part>>;

/// Workers that are only pretended, all of them in one part.
struct simulated_workers : part {
    /// One falls silent, as if its machine had died.
    virtual auto lose(std::string const& name) -> void = 0;
};
/// Heartbeats and capacities are those of the first. Errors: an amount is none.
auto make_simulated_workers(api_access const& api, std::vector<worker_options> const& workers)
    -> berth::result<std::unique_ptr<simulated_workers>>;

} // namespace plane

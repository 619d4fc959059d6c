#pragma once

/// \file
/// A whole control plane in one process: the store, the API server, and the parts that were asked for, each
/// on a thread.

#include "leadership.hpp"
#include "parts.hpp"
#include "store.hpp"

#include <berth/core/temporary_folder.hpp>

#include <map>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace plane {

/// All kinds of the Kubernetes vocabulary; with those of the resource metrics, which are kept in memory, or
/// not.
auto make_kinds(bool metrics) -> berth::api::registry;

struct plane_options {
    std::set<std::string> parts = {"api", "scheduler", "controllers", "workers"};
    std::vector<worker_options> workers; ///< their `logs` are set by the plane
    bool simulated = false;              ///< the workers only pretend to run containers
    std::uint16_t port = 0;
    controller_options controllers;
    berth::duration event_stay = berth::minutes(60); ///< how long Events are kept; 0: for ever
    std::int64_t failure_toleration_seconds = 300; ///< how long pods stay on failing nodes unless they say it
    leadership_options leadership;                 ///< where others may use the store
    std::string keys; ///< the file of the cluster's keys; empty: they are in the store
    berth::kube::scheduler_configuration scheduler = {};
    explanation_sink explain;
};

/// Everything that runs. Stops all parts when it dies; no process stays behind.
///
/// On a store that others use too, the scheduler and the controllers run while it leads; the API server and
/// the workers always do.
class control_plane {
public:
    control_plane(plane_options options, berth::api::shared_registry kinds, opened_store store);
    ~control_plane();

    /// Starts the parts. Errors: the port is taken, processes cannot be run.
    auto start() -> berth::result<void>;
    /// Stops one worker and what runs on it, as if the machine had died.
    auto kill_worker(std::string const& name) -> void;
    auto stop() -> void;

    [[nodiscard]] auto api() -> api_server& { return api_; }
    [[nodiscard]] auto url() const -> std::string { return front_->url(); }

private:
    struct running {
        std::unique_ptr<part> what;
        std::jthread thread;
    };
    auto run(std::unique_ptr<part> what) -> running;
    /// Takes the cluster's keys into use.
    auto take_keys() -> berth::result<void>;
    /// Makes the workers; they must be run when there is an API.
    auto make_workers() -> berth::result<std::vector<std::pair<std::string, std::unique_ptr<part>>>>;
    /// Stands for election, and does what a leader does while it leads.
    auto campaign() -> void;
    /// Starts and stops the scheduler and the controllers, on an API server for what they write.
    auto start_leading(api_server& api) -> void;
    auto stop_leading() -> void;

    plane_options options_;
    berth::api::shared_registry kinds_;
    berth::temporary_folder folder_; ///< of what goes with the program: logs, and volumes that nobody keeps
    opened_store store_;
    std::jthread store_thread_;
    std::stop_source calls_; ///< of webhooks
    api_server api_;
    std::unique_ptr<front> front_;
    std::map<std::string, running> workers_;
    simulated_workers* simulated_ = nullptr; ///< among the workers, under no name
    std::jthread front_thread_;
    running custom_;
    std::jthread keeper_;
    object_store fenced_;
    std::unique_ptr<api_server> leader_api_;
    std::vector<running> leader_parts_;
    std::unique_ptr<leadership> leadership_;
};

/// Writes a kubeconfig for the API server at `url` that only its owner can read. Errors: the file cannot be
/// written.
auto write_kubeconfig(std::string const& file, std::string const& url) -> berth::result<void>;

} // namespace plane

#pragma once

/// \file
/// Parts of a control plane whose API server is in another process.

#include "parts.hpp"

#include <berth/api/http/remote.hpp>
#include <berth/core/temporary_folder.hpp>

#include <set>
#include <string>
#include <thread>
#include <vector>

namespace plane {

struct remote_parts_options {
    std::set<std::string> parts; ///< of `scheduler`, `controllers`, `workers`
    std::vector<worker_options> workers;
    bool simulated = false; ///< the workers only pretend to run containers
    controller_options controllers;
    berth::kube::scheduler_configuration scheduler = {};
    berth::api::http::remote_options server;
    std::string identity;                       ///< who this process is, among those that would lead
    berth::duration lease = berth::seconds(15); ///< how long others wait when it dies
    std::string keys{}; ///< the file of the cluster's keys; empty: nothing is signed by the controllers
};

/// The scheduler, the controllers and workers, as they were asked for, at work on an API server somewhere
/// else.
class remote_parts {
public:
    explicit remote_parts(remote_parts_options options) : options_(std::move(options)) {}
    ~remote_parts();

    /// Starts the parts. Errors: the URL is none, processes cannot be run, nobody answers.
    auto start() -> berth::result<void>;

private:
    remote_parts_options options_;
    berth::temporary_folder folder_;
    std::vector<std::unique_ptr<part>> parts_;
    std::vector<std::jthread> threads_;
};

} // namespace plane

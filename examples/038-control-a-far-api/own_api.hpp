#pragma once

/// \file
/// An API server behind HTTP on a thread, for those who have none at hand.

#include <berth/api/http/server.hpp>
#include <berth/api/memory_store.hpp>
#include <berth/core/clock.hpp>
#include <berth/core/threads.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/controller.hpp>
#include <berth/kube/registry.hpp>

#include <string>
#include <thread>

namespace story {

/// Runs until it dies.
class own_api {
public:
    own_api() {
        if (!front_.open()) return;
        listening_ = std::jthread([this](std::stop_token stop) { front_.run(stop); });
        serving_ = std::jthread([this](std::stop_token stop) { berth::run_on_threads(stop, custom_); });
    }
    [[nodiscard]] auto url() const -> std::string { return front_.url(); }

private:
    berth::api::memory_store store_;
    berth::api::server server_{
        store_,
        berth::kube::registry(),
        {.now = [] { return berth::system_clock{}.now(); }, .seed = 1, .admission = {}}};
    berth::kube::custom_kinds custom_{server_, server_.kinds()};
    berth::api::http::server front_{server_, berth::api::http::server_options{}};
    std::jthread listening_;
    std::jthread serving_;
};

} // namespace story

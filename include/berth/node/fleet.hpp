#pragma once

/// \file
/// Many simulated nodes in one component: each is registered, lives by its lease, and runs the pods bound to
/// it as an agent would, with containers that are only pretended.

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/node/fleet_options.hpp>
#include <berth/node/simulated_runtime.hpp>

#include <memory>
#include <optional>
#include <string>

namespace berth::node {

/// Any number of nodes, for as many threads as step it: one. The nodes share two caches (of their pods and of
/// themselves), a runtime and the time: a step costs what is due, not what there is. Leases are renewed in
/// batches, evenly spread over the interval.
///
/// What it writes it writes as one client, which must be allowed to do what the agents of all its nodes may.
/// The client must outlive the fleet if it is referred to. Pods behave as with an `agent` that has a
/// `simulated_runtime`; that one is the reference.
class fleet {
public:
    /// Options with names that are none are a programming error of the caller's: the API will refuse them
    /// again and again, and `problem` says so.
    fleet(api::any_client client, fleet_options options, fleet_event_sink events = {});
    fleet(fleet&&) noexcept;
    auto operator=(fleet&&) noexcept -> fleet&;
    ~fleet();

    auto on_wake(waker w) -> void;
    auto step(time_point now) -> wake;

    /// A node falls silent, and what ran on it is gone, as if its machine had died. Does nothing for one that
    /// is none of the fleet's. Safe to call from any thread.
    auto lose(std::string name) -> void;

    /// The containers of all nodes.
    [[nodiscard]] auto runtime() -> simulated_runtime&;
    [[nodiscard]] auto counters() const -> fleet_counters;
    /// Why the last write about a node or lease failed, if one did.
    [[nodiscard]] auto problem() const -> std::optional<error> const&;

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/fleet.ipp>
#endif

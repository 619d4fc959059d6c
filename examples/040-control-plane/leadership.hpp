#pragma once

/// \file
/// Of several control planes on one store one leads: its scheduler and controllers run, and only its writes
/// are taken.

#include "store.hpp"

#include <berth/core/time.hpp>
#include <berth/store/with_fence.hpp>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace plane {

struct leadership_options {
    std::string identity;                       ///< who this is, for others to read
    berth::duration lease = berth::seconds(15); ///< how long the others wait when the leader dies
};

/// Stands for election as long as it runs. The leadership is the Lease `kube-system/berth`: `kubectl get
/// lease -n kube-system` tells who leads.
class leadership {
public:
    /// The store must outlive it; `begin` and `end` are called from a thread of its own, in turns.
    leadership(object_store& store, leadership_options options, std::function<void()> begin,
               std::function<void()> end);
    /// Ends the leadership and hands it over.
    ~leadership();

    /// The store as the leader writes it: what it writes is refused once it does not lead.
    [[nodiscard]] auto fenced() const -> object_store;
    auto start() -> void;
    auto stop() -> void;

private:
    auto candidate(std::stop_token stop) -> void;
    auto follow(std::stop_token stop) -> void;
    auto settle(bool leads) -> void;

    object_store& store_;
    leadership_options options_;
    std::function<void()> begin_;
    std::function<void()> end_;
    std::string key_;
    berth::store::fencing_token fence_;
    std::mutex mutex_;
    std::condition_variable_any told_;
    std::uint64_t changes_ = 0; ///< odd while it leads
    std::jthread follower_;
    std::jthread candidate_;
};

} // namespace plane

#pragma once

/// \file
/// Events: what components tell people about objects, counted instead of repeated (client-go 1.36,
/// `tools/record`).

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/event/type.hpp>
#include <berth/reconcile/plan.hpp>

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace berth::kube {

/// Who tells.
struct event_reporter {
    std::string component; ///< e.g. `default-scheduler`
    std::string host;      ///< the node, if the component is one of a node
};

/// Writes notes as Event objects. The same thing told again is counted on the event that tells it already.
/// Safe to call from several threads; the client must outlive it. An event that cannot be written is dropped:
/// events are for people, and nothing waits for them.
class event_recorder {
public:
    event_recorder(api::any_client client, event_reporter by);

    auto operator()(reconcile::note const& n, time_point now) -> void { record(n, {}, now); }

    /// Tells of a part of an object: `field_path` is e.g. `spec.containers{main}`.
    auto record(reconcile::note const& n, std::string const& field_path, time_point now) -> void;

private:
    static constexpr std::size_t remembered = 4096;
    static constexpr std::size_t longest_name = 253;
    static constexpr std::size_t longest_message = 1024; ///< in bytes

    struct entry {
        object::key where;
        std::int32_t count = 0;
    };

    /// Counts an event that is there; answers false if it is gone.
    auto count(entry& e, time_point now) -> bool;

    /// A message no longer than the API takes, cut between characters.
    static auto shortened(std::string text) -> std::string;

    auto made(reconcile::note const& n, std::string const& field_path, time_point now) -> event;

    api::any_client client_;
    event_reporter by_;
    std::mutex mutex_;
    std::unordered_map<std::string, entry> told_;
    std::uint64_t sequence_ = 0;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/event/recorder.ipp>
#endif

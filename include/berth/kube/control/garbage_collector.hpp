#pragma once

/// \file
/// Deletes what nobody owns any more, and carries out foreground and orphaning deletions, over objects of all
/// kinds (kubernetes 1.36, `pkg/controller/garbagecollector/garbagecollector.go`).

#include <berth/api/any_client.hpp>
#include <berth/api/kind_follower.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/control/ownership_graph.hpp>
#include <berth/kube/core/event/recorder.hpp>
#include <berth/kube/core/namespace/controller.hpp>

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace berth::kube {

/// What the garbage collector may be told.
struct garbage_collector_options {
    std::size_t batch = 64;         ///< the most objects that one step looks at
    reconcile::back_off wait = {};  ///< after errors
    duration recheck = seconds(30); ///< how soon an owner that exists, but was not seen, is looked for again
};

/// What it has done.
struct garbage_collector_counters {
    std::uint64_t looks = 0;     ///< at objects
    std::uint64_t deleted = 0;   ///< dependents
    std::uint64_t unblocked = 0; ///< owners that waited for their dependents and may go
    std::uint64_t orphaned = 0;  ///< owners whose dependents were let go
    std::uint64_t failures = 0;
};

/// The garbage collector. A component over all kinds of a registry that can be listed, watched and deleted
/// (but Events, of which there are many and which own nothing), so no typed `reconcile::controller`.
///
/// What it knows from the caches tells it only where to look: before anything is deleted, the object and its
/// owners are read from the API, and uids decide. Nothing is deleted before all kinds have been seen once. An
/// owner of a kind that the registry does not have counts as there.
///
/// It follows the registry: kinds that are added later are looked after as soon as all of their objects have
/// been seen. The client and the caches, which somebody else steps, must outlive it.
class garbage_collector {
public:
    static constexpr std::string_view name = "garbage-collector";

    garbage_collector(api::any_client client, api::shared_registry kinds, reconcile::caches& shared,
                      garbage_collector_options options = {});
    garbage_collector(garbage_collector const&) = delete;
    auto operator=(garbage_collector const&) -> garbage_collector& = delete;

    auto step(time_point now) -> wake;
    auto on_wake(waker w) -> void;
    [[nodiscard]] auto counters() const -> garbage_collector_counters;

private:
    /// What to do with an object after a look at it.
    enum class verdict : std::uint8_t { settled, failed };

    /// The owners of an object by what they mean for it.
    struct owners_found {
        std::vector<std::string> solid;   ///< uids of those that are there
        std::vector<std::string> absent;  ///< of those that are not
        std::vector<std::string> waiting; ///< of those that wait for their dependents to go first
        bool failed = false;              ///< some could not be read
        bool misplaced = false;           ///< an object of the cluster cannot belong to one of a namespace
    };

    /// Follows the kinds that are new. Until all of their objects are known, nothing can be said to be
    /// absent.
    auto follow_kinds() -> void;
    auto hear(reconcile::change const& c) -> void;
    /// Before all kinds are known nothing can be said to be absent.
    auto ready(time_point) -> bool;
    auto tally(std::uint64_t garbage_collector_counters::* what) -> void;
    auto known(std::string const& uid) -> std::optional<owned_object>;
    auto dependents_of(std::string const& uid) -> std::vector<owned_object>;

    auto look_at(std::string const& uid, time_point now) -> void;

    auto settle(owned_object const& o, time_point now) -> verdict;
    /// The watch will tell of what is gone, and of what has changed.
    static auto of(error const& e) -> verdict;

    // an object that may have lost its owners
    auto judge(owned_object const& o, object::object_ref const& live, time_point now) -> verdict;

    auto find_owners(object::object_ref const& live, time_point now) -> owners_found;
    /// Says so if an owner is known to be in another namespace than the object, which cannot be.
    auto tell_if_elsewhere(object::object_ref const& live, object::owner_reference const& owner,
                           time_point now) -> void;
    static auto waits(object::meta const& owner) -> bool;
    auto gone(std::string const& uid) -> bool;
    /// The kind that a reference names, in whatever version.
    auto kind_of(object::owner_reference const& o) const -> api::kind const*;

    /// An object with an owner stays; references to others that are gone or going are taken off it.
    auto keep(owned_object const& o, object::object_ref const& live, owners_found const& owners,
              time_point now) -> verdict;

    /// The owner waits for this one: it goes, and first what it owns itself. A dependent that is itself
    /// waiting for its dependents may close a circle, in which nobody may block anybody.
    auto go_before_owner(owned_object const& o, object::object_ref const& live) -> verdict;

    // an owner that is being deleted
    auto wait_for_dependents(owned_object const& o, object::object_ref const& live) -> verdict;

    auto let_dependents_go(owned_object const& o, object::object_ref const& live) -> verdict;

    // writes
    auto without_finalizer(object::object_ref const& live, std::string_view which) -> verdict;
    /// Changes the metadata of an object, if it is still what was read.
    template <class Change> auto rewrite(object::object_ref const& live, Change change) -> verdict;
    auto remove(object::object_ref const& live, api::propagation policy) -> verdict;

    api::any_client client_;
    api::kind_follower kinds_;
    reconcile::caches* caches_;
    garbage_collector_options options_;
    reconcile::shared_queue<std::string> queue_;
    mutable std::mutex mutex_;
    ownership_graph graph_;
    bool synced_ = false;
    garbage_collector_counters counters_;
    wake_signal::subscription queued_;
    wake_signal::subscription changed_;
    wake_signal::subscription registered_;
    std::vector<reconcile::caches::listening> listening_;
    event_recorder recorder_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/control/garbage_collector.ipp>
#endif

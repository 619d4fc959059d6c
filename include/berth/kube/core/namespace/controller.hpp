#pragma once

/// \file
/// Empties namespaces that are being deleted, of all kinds, and then lets them go (kubernetes 1.36,
/// `pkg/controller/namespace/deletion`).

#include <berth/api/kind_follower.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/namespace/controller/conditions.hpp>
#include <berth/kube/core/namespace/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/reconcile/cache.hpp>
#include <berth/reconcile/causes.hpp>
#include <berth/reconcile/shared_queue.hpp>

#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace berth::kube {

/// Whether objects of a kind can be found and deleted by those who know nothing else of it.
[[nodiscard]] inline auto is_deletable(api::kind const& k) -> bool {
    return k.has_verb(api::verb::list) && k.has_verb(api::verb::watch) && k.has_verb(api::verb::remove);
}

/// What the controller of namespaces may be told.
struct namespace_options {
    std::size_t batch = 256;       ///< the most deletions of one step
    duration grace = seconds(5);   ///< after a namespace's deletion until it is first looked at
    reconcile::back_off wait = {}; ///< after errors
};

/// What it has done.
struct namespace_counters {
    std::uint64_t passes = 0;    ///< over a namespace
    std::uint64_t deletions = 0; ///< of objects
    std::uint64_t finalized = 0; ///< namespaces that were let go
    std::uint64_t failures = 0;
};

/// Deletes what is in a terminating namespace: pods first, each with its grace, and when none is left the
/// rest. When the namespace is empty its finalizer `kubernetes` is removed. It works on the kinds of a
/// registry and not on those it was compiled with, and looks at the API itself and not at a cache, which
/// might not show everything: so it is a component of its own and no `reconcile::controller`.
///
/// The API must refuse to create things in a terminating namespace (`kube::namespace_lifecycle`). The client,
/// and the caches, which somebody else steps, must outlive it. It follows the registry.
class namespace_controller {
public:
    static constexpr std::string_view name = "namespace";

    namespace_controller(api::any_client client, api::shared_registry kinds, reconcile::caches& shared,
                         namespace_options options = {});
    namespace_controller(namespace_controller const&) = delete;
    auto operator=(namespace_controller const&) -> namespace_controller& = delete;

    /// A pass over one namespace, or a part of one.
    auto step(time_point now) -> wake;
    auto on_wake(waker w) -> void;
    [[nodiscard]] auto counters() const -> namespace_counters;

private:
    /// A namespace is looked at when it changes, and when something in it is gone.
    auto listen() -> void;
    auto follow_kinds() -> void;

    auto visit(object::key const& k, time_point now) -> void;
    auto tally(std::uint64_t namespace_counters::* what) -> void;
    auto retry(object::key const& k, time_point now) -> void;

    static auto holds(namespace_ const& n) -> bool;

    /// Pods go first: others may still need what their namespace has.
    auto empty(std::string const& space, namespace_content& left, std::size_t& budget) -> void;

    auto empty_of(api::kind const& k, std::string const& space, namespace_content& left, std::size_t& budget)
        -> void;
    /// Deletes objects of a kind, all in one request; counts what stays of them.
    auto remove_all(std::vector<object::object_ref> const& of, std::string const& id, namespace_content& left)
        -> void;
    static auto count(std::string const& id, object::meta const& m, namespace_content& left) -> void;

    auto tell(object::stored<namespace_> const& space, namespace_content const& left, time_point now)
        -> result<object::stored<namespace_>>;
    auto let_go(object::stored<namespace_> const& space) -> bool;

    api::any_client client_;
    api::kind_follower kinds_;
    reconcile::caches* caches_;
    namespace_options options_;
    reconcile::shared_queue<object::key, reconcile::key_hash, reconcile::causes> queue_;
    mutable std::mutex mutex_;
    namespace_counters counters_;
    wake_signal::subscription ready_;
    std::vector<reconcile::caches::listening> listening_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/namespace/controller.ipp>
#endif

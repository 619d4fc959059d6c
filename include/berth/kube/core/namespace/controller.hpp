#pragma once

/// \file
/// Empties namespaces that are being deleted, of all kinds, and then lets them go (kubernetes 1.36,
/// `pkg/controller/namespace/deletion`).

#include <berth/api/kind_follower.hpp>
#include <berth/kube/core/namespace/controller/conditions.hpp>
#include <berth/kube/core/namespace/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/reconcile/cache.hpp>
#include <berth/reconcile/causes.hpp>
#include <berth/reconcile/shared_queue.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
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
template <api::client Client> class namespace_controller {
public:
    static constexpr std::string_view name = "namespace";

    namespace_controller(Client& client, api::shared_registry kinds, reconcile::caches& shared,
                         namespace_options options = {})
        : client_(&client),
          kinds_(std::move(kinds)),
          caches_(&shared),
          options_(options),
          queue_(options.wait) {
        listen();
        follow_kinds();
    }
    namespace_controller(namespace_controller const&) = delete;
    auto operator=(namespace_controller const&) -> namespace_controller& = delete;

    /// A pass over one namespace, or a part of one.
    auto step(time_point now) -> wake {
        follow_kinds();
        if (auto const k = queue_.get(now)) {
            visit(*k, now);
            queue_.done(*k);
        }
        return queue_.next();
    }
    auto on_wake(waker w) -> void {
        ready_ = w == waker{} ? signal::subscription() : queue_.ready().subscribe(w);
    }
    [[nodiscard]] auto counters() const -> namespace_counters {
        auto const lock = std::scoped_lock(mutex_);
        return counters_;
    }

private:
    /// A namespace is looked at when it changes, and when something in it is gone.
    auto listen() -> void {
        using reconcile::change;
        caches_->follow<namespace_>();
        listening_.push_back(caches_->listen(object::type_of<namespace_>(),
                                             [this](reconcile::snapshot const&, change const& c) {
                                                 auto const& m = c.latest()->metadata();
                                                 if (c.after && m.deleting())
                                                     queue_.add(m.where(), reconcile::cause::updated);
                                             }));
    }
    auto follow_kinds() -> void {
        using reconcile::change;
        kinds_.look([this](api::kind const& k) {
            if (!k.resource->namespaced || !is_deletable(k) || k.resource->kind == "Event") return false;
            listening_.push_back(
                caches_->listen(*k.type, [this](reconcile::snapshot const& world, change const& c) {
                    if (c.type != change::kind::deleted) return;
                    auto const space = world.get<namespace_>({}, c.before->metadata().namespace_);
                    if (space && space->metadata.deleting())
                        queue_.add(space->metadata.where(), reconcile::cause::watched);
                }));
            return true;
        });
    }

    auto visit(object::key const& k, time_point now) -> void {
        auto const space = api::get<namespace_>(*client_, k);
        if (!space && space.error().code != error_code::not_found) return retry(k, now);
        if (!space || !space->ref()->metadata().deleting() || !holds(**space)) return queue_.forget(k);
        tally(&namespace_counters::passes);
        auto left = namespace_content{};
        auto budget = options_.batch;
        empty(k.name, left, budget);
        if (budget == 0) {
            queue_.add(k, reconcile::cause::again);
            return;
        }
        auto const told = tell(*space, left, now);
        if (!told) return retry(k, now);
        if (!left.errors.empty()) return retry(k, now);
        queue_.forget(k);
        if (!left.empty())
            queue_.add_after(k, seconds(left.patience_seconds / 2 + 1), now, reconcile::cause::again);
        else if (!let_go(*told)) retry(k, now);
    }
    auto tally(std::uint64_t namespace_counters::* what) -> void {
        auto const lock = std::scoped_lock(mutex_);
        ++(counters_.*what);
    }
    auto retry(object::key const& k, time_point now) -> void {
        tally(&namespace_counters::failures);
        queue_.add_rate_limited(k, now, reconcile::cause::failed);
    }

    static auto holds(namespace_ const& n) -> bool {
        auto const& f = n.spec.finalizers;
        return std::find(f.begin(), f.end(), "kubernetes") != f.end();
    }

    /// Pods go first: others may still need what their namespace has.
    auto empty(std::string const& space, namespace_content& left, std::size_t& budget) -> void {
        auto const* const pods = kinds_.known().find(pod::resource);
        if (pods != nullptr) empty_of(*pods, space, left, budget);
        if (!left.empty()) return;
        for (auto const& k : kinds_.known().kinds())
            if (&k != pods && k.resource->namespaced && is_deletable(k)) empty_of(k, space, left, budget);
    }

    auto empty_of(api::kind const& k, std::string const& space, namespace_content& left, std::size_t& budget)
        -> void {
        auto options = api::list_options{};
        options.namespace_ = space;
        auto const found = client_->list(*k.resource, options);
        if (!found) return left.errors.push_back(found.error().message);
        auto const id = std::string(k.resource->plural) + '.' + std::string(k.resource->group);
        for (auto const& o : found->items) {
            if (!o->metadata().deleting() && budget == 0) return;
            auto const now = o->metadata().deleting() ? o : deleted(o, left, budget);
            if (now) count(id, now->metadata(), left);
        }
    }
    /// Deletes an object; answers what stays of it, if anything does.
    auto deleted(object::object_ref const& o, namespace_content& left, std::size_t& budget)
        -> object::object_ref {
        --budget;
        auto options = api::delete_options{};
        options.policy = api::propagation::background;
        options.expected_uid = o->metadata().uid;
        auto done = api::remove(*client_, o->resource(), o->metadata().where(), options);
        if (done) tally(&namespace_counters::deletions);
        if (done) return done->gone ? object::object_ref() : std::move(done->object);
        if (done.error().code == error_code::not_found) return {};
        left.errors.push_back(done.error().message);
        return o;
    }
    static auto count(std::string const& id, object::meta const& m, namespace_content& left) -> void {
        constexpr auto finalizers_take = std::int64_t{15};
        ++left.by_kind[id];
        for (auto const& f : m.finalizers) ++left.by_finalizer[f];
        auto const takes = std::max(m.deletion_grace_period_seconds.value_or(0), finalizers_take);
        left.patience_seconds = std::max(left.patience_seconds, takes);
    }

    auto tell(object::stored<namespace_> const& space, namespace_content const& left, time_point now)
        -> result<object::stored<namespace_>> {
        auto n = *space;
        n.status = with_content(n.status, left, now);
        if (n == *space) return space;
        return api::update(*client_, std::move(n), space.revision_of(), "status");
    }
    auto let_go(object::stored<namespace_> const& space) -> bool {
        auto n = *space;
        std::erase(n.spec.finalizers, "kubernetes");
        auto const done = api::update(*client_, std::move(n), space.revision_of(), "finalize");
        if (done) tally(&namespace_counters::finalized);
        return done || done.error().code == error_code::not_found;
    }

    Client* client_;
    api::kind_follower kinds_;
    reconcile::caches* caches_;
    namespace_options options_;
    reconcile::shared_queue<object::key, reconcile::key_hash, reconcile::causes> queue_;
    mutable std::mutex mutex_;
    namespace_counters counters_;
    signal::subscription ready_;
    std::vector<reconcile::caches::listening> listening_;
};

} // namespace berth::kube

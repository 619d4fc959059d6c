#pragma once

/// \file
/// The bodies of `berth/kube/core/namespace/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/namespace/controller.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace berth::kube {

BERTH_DECL namespace_controller::namespace_controller(api::any_client client, api::shared_registry kinds,
                                                      reconcile::caches& shared, namespace_options options)
    : client_(std::move(client)),
      kinds_(std::move(kinds)),
      caches_(&shared),
      options_(options),
      queue_(options.wait) {
    listen();
    follow_kinds();
}

BERTH_DECL auto namespace_controller::step(time_point now) -> wake {
    follow_kinds();
    if (auto const k = queue_.get(now)) {
        visit(*k, now);
        queue_.done(*k);
    }
    return queue_.next();
}

BERTH_DECL auto namespace_controller::on_wake(waker w) -> void {
    ready_ = w == waker{} ? wake_signal::subscription() : queue_.ready().subscribe(w);
}

BERTH_DECL auto namespace_controller::counters() const -> namespace_counters {
    auto const lock = std::scoped_lock(mutex_);
    return counters_;
}

BERTH_DECL auto namespace_controller::listen() -> void {
    using reconcile::change;
    caches_->follow<namespace_>();
    listening_.push_back(
        caches_->listen(object::type_of<namespace_>(), [this](reconcile::snapshot const&, change const& c) {
            auto const& m = c.latest()->metadata();
            if (c.after && m.deleting()) queue_.add(m.where(), reconcile::cause::updated);
        }));
}

BERTH_DECL auto namespace_controller::follow_kinds() -> void {
    using reconcile::change;
    kinds_.look([this](api::kind const& k) {
        if (!k.resource->namespaced || !is_deletable(k) || k.resource->kind == "Event") return false;
        listening_.push_back(caches_->listen(
            *k.type,
            [this](reconcile::snapshot const& world, change const& c) {
                if (c.type != change::kind::deleted) return;
                auto const space = world.get<namespace_>({}, c.before->metadata().namespace_);
                if (space && space->metadata.deleting())
                    queue_.add(space->metadata.where(), reconcile::cause::watched);
            },
            reconcile::object_parts::metadata));
        return true;
    });
}

BERTH_DECL auto namespace_controller::visit(object::key const& k, time_point now) -> void {
    auto const space = api::get<namespace_>(client_, k);
    if (!space && space.error().code != error_code::not_found) return retry(k, now);
    if (!space || !space->ref()->metadata().deleting() || !holds(**space)) return queue_.forget(k);
    if (auto const due = space->ref()->metadata().deletion_timestamp->time() + options_.grace; now < due) {
        queue_.forget(k);
        return queue_.add_after(k, due - now, now, reconcile::cause::again);
    }
    tally(&namespace_counters::passes);
    auto left = namespace_content{};
    auto budget = options_.batch;
    empty(k.name, left, budget);
    if (budget == 0) {
        queue_.add(k, reconcile::cause::again);
        return;
    }
    // As long as there are pods nothing is counted, as in Kubernetes: the conditions tell of errors alone.
    auto counted = left;
    if (left.waits_for_pods) counted.by_kind.clear(), counted.by_finalizer.clear();
    auto const told = tell(*space, counted, now);
    if (!told) return retry(k, now);
    if (!left.errors.empty()) return retry(k, now);
    queue_.forget(k);
    if (!left.empty())
        queue_.add_after(k, seconds(left.patience_seconds / 2 + 1), now, reconcile::cause::again);
    else if (!let_go(*told)) retry(k, now);
}

BERTH_DECL auto namespace_controller::tally(std::uint64_t namespace_counters::* what) -> void {
    auto const lock = std::scoped_lock(mutex_);
    ++(counters_.*what);
}

BERTH_DECL auto namespace_controller::retry(object::key const& k, time_point now) -> void {
    tally(&namespace_counters::failures);
    queue_.add_rate_limited(k, now, reconcile::cause::failed);
}

BERTH_DECL auto namespace_controller::holds(namespace_ const& n) -> bool {
    auto const& f = n.spec.finalizers;
    return std::find(f.begin(), f.end(), "kubernetes") != f.end();
}

BERTH_DECL auto namespace_controller::empty(std::string const& space, namespace_content& left,
                                            std::size_t& budget) -> void {
    auto const* const pods = kinds_.known().find(pod::resource);
    if (pods != nullptr) empty_of(*pods, space, left, budget);
    left.waits_for_pods = !left.by_kind.empty();
    if (!left.empty()) return;
    for (auto const& k : kinds_.known().kinds())
        if (&k != pods && k.resource->namespaced && is_deletable(k)) empty_of(k, space, left, budget);
}

BERTH_DECL auto namespace_controller::empty_of(api::kind const& k, std::string const& space,
                                               namespace_content& left, std::size_t& budget) -> void {
    auto options = api::list_options{};
    options.namespace_ = space;
    auto const found = client_.list(*k.resource, options);
    if (!found) return left.errors.push_back(found.error().message);
    auto const id = std::string(k.resource->plural) + '.' + std::string(k.resource->group);
    auto doomed = std::vector<object::object_ref>();
    for (auto const& o : found->items) {
        if (o->metadata().deleting()) {
            count(id, o->metadata(), left);
            continue;
        }
        if (budget == 0) break;
        --budget;
        doomed.push_back(o);
    }
    remove_all(doomed, id, left);
}

BERTH_DECL auto namespace_controller::remove_all(std::vector<object::object_ref> const& of,
                                                 std::string const& id, namespace_content& left) -> void {
    auto writes = std::vector<api::write>();
    writes.reserve(of.size());
    for (auto const& o : of) {
        auto asked = api::remove_request{&o->resource(), o->metadata().where()};
        asked.options.policy = api::propagation::background;
        asked.options.expected_uid = o->metadata().uid;
        writes.emplace_back(std::move(asked));
    }
    if (writes.empty()) return;
    auto const answers = client_.commit(writes);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i]) {
            tally(&namespace_counters::deletions);
            if (!answers[i]->gone) count(id, answers[i]->object->metadata(), left);
        } else if (answers[i].error().code != error_code::not_found) {
            left.errors.push_back(answers[i].error().message);
            count(id, of[i]->metadata(), left);
        }
    }
}

BERTH_DECL auto namespace_controller::count(std::string const& id, object::meta const& m,
                                            namespace_content& left) -> void {
    constexpr auto finalizers_take = std::int64_t{15};
    ++left.by_kind[id];
    for (auto const& f : m.finalizers) ++left.by_finalizer[f];
    auto const takes = std::max(m.deletion_grace_period_seconds.value_or(0), finalizers_take);
    left.patience_seconds = std::max(left.patience_seconds, takes);
}

BERTH_DECL auto namespace_controller::tell(object::stored<namespace_> const& space,
                                           namespace_content const& left, time_point now)
    -> result<object::stored<namespace_>> {
    auto n = *space;
    n.status = with_content(n.status, left, now);
    if (n == *space) return space;
    return api::update(client_, std::move(n), space.revision_of(), "status");
}

BERTH_DECL auto namespace_controller::let_go(object::stored<namespace_> const& space) -> bool {
    auto n = *space;
    std::erase(n.spec.finalizers, "kubernetes");
    auto const done = api::update(client_, std::move(n), space.revision_of(), "finalize");
    if (done) tally(&namespace_counters::finalized);
    return done || done.error().code == error_code::not_found;
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/control/garbage_collector.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/garbage_collector.hpp>

#include <algorithm>
#include <iterator>
#include <memory>

namespace berth::kube::detail {

/// Whether a change concerns owners and dependents at all: the renewals of leases, say, do not.
inline auto changes_ownership(reconcile::change const& c) -> bool {
    if (c.type != reconcile::change::kind::updated || c.resync) return true;
    auto const& a = c.before->metadata();
    auto const& b = c.after->metadata();
    return a.uid != b.uid || a.deletion_timestamp != b.deletion_timestamp || a.finalizers != b.finalizers ||
           !(a.owner_references == b.owner_references);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL garbage_collector::garbage_collector(api::any_client client, api::shared_registry kinds,
                                                reconcile::caches& shared, garbage_collector_options options)
    : client_(std::move(client)),
      kinds_(std::move(kinds)),
      caches_(&shared),
      options_(options),
      queue_(options.wait),
      recorder_(client_, {"garbage-collector-controller", {}}) {
    follow_kinds();
}

BERTH_DECL auto garbage_collector::step(time_point now) -> wake {
    follow_kinds();
    if (!ready(now)) return wake::signalled();
    for (std::size_t n = 0; n < options_.batch; ++n) {
        auto const uid = queue_.get(now);
        if (!uid) break;
        look_at(*uid, now);
        queue_.done(*uid);
    }
    return queue_.next();
}

BERTH_DECL auto garbage_collector::on_wake(waker w) -> void {
    queued_ = {};
    changed_ = {};
    registered_ = {};
    if (w == waker{}) return;
    registered_ = kinds_.changed().subscribe(w);
    queued_ = queue_.ready().subscribe(w);
    changed_ = caches_->changed().subscribe(w);
}

BERTH_DECL auto garbage_collector::counters() const -> garbage_collector_counters {
    auto const lock = std::scoped_lock(mutex_);
    return counters_;
}

BERTH_DECL auto garbage_collector::follow_kinds() -> void {
    kinds_.look([this](api::kind const& k) {
        if (!is_deletable(k) || k.resource->kind == "Event") return false;
        listening_.push_back(caches_->listen(
            *k.type, [this](reconcile::snapshot const&, reconcile::change const& c) { hear(c); },
            reconcile::object_parts::metadata));
        auto const lock = std::scoped_lock(mutex_);
        synced_ = false;
        return true;
    });
}

BERTH_DECL auto garbage_collector::hear(reconcile::change const& c) -> void {
    if (!detail::changes_ownership(c)) return;
    auto const lock = std::scoped_lock(mutex_);
    graph_.apply(c, [this](std::string const& uid) {
        if (synced_) queue_.add(uid);
    });
}

BERTH_DECL auto garbage_collector::ready(time_point) -> bool {
    if (synced_) return true;
    if (!caches_->synced(kinds_.types())) return false;
    auto const lock = std::scoped_lock(mutex_);
    synced_ = true;
    graph_.look_at_all([this](std::string const& uid) { queue_.add(uid); });
    return true;
}

BERTH_DECL auto garbage_collector::tally(std::uint64_t garbage_collector_counters::* what) -> void {
    auto const lock = std::scoped_lock(mutex_);
    ++(counters_.*what);
}

BERTH_DECL auto garbage_collector::known(std::string const& uid) -> std::optional<owned_object> {
    auto const lock = std::scoped_lock(mutex_);
    auto const* const o = graph_.find(uid);
    return o == nullptr ? std::nullopt : std::optional(*o);
}

BERTH_DECL auto garbage_collector::dependents_of(std::string const& uid) -> std::vector<owned_object> {
    auto const lock = std::scoped_lock(mutex_);
    return graph_.dependents(uid);
}

BERTH_DECL auto garbage_collector::look_at(std::string const& uid, time_point now) -> void {
    auto const o = known(uid);
    if (!o) return queue_.forget(uid);
    tally(&garbage_collector_counters::looks);
    if (settle(*o, now) == verdict::settled) return queue_.forget(uid);
    tally(&garbage_collector_counters::failures);
    queue_.add_rate_limited(uid, now);
}

BERTH_DECL auto garbage_collector::settle(owned_object const& o, time_point now) -> verdict {
    if (o.deleting && !o.deletes_dependents && !o.orphans_dependents) return verdict::settled;
    auto const live = client_.get(*o.resource, o.where, api::get_options{});
    if (!live) return of(live.error());
    if ((*live)->metadata().uid != o.uid) return verdict::settled;
    if (o.orphans_dependents) return let_dependents_go(o, *live);
    if (o.deletes_dependents) return wait_for_dependents(o, *live);
    return judge(o, *live, now);
}

BERTH_DECL auto garbage_collector::of(error const& e) -> verdict {
    return e.code == error_code::not_found ? verdict::settled : verdict::failed;
}

BERTH_DECL auto garbage_collector::judge(owned_object const& o, object::object_ref const& live,
                                         time_point now) -> verdict {
    if (live->metadata().owner_references.empty()) return verdict::settled;
    auto const owners = find_owners(live, now);
    if (owners.failed) return verdict::failed;
    if (owners.misplaced) return verdict::settled;
    if (!owners.solid.empty()) return keep(o, live, owners, now);
    if (!owners.waiting.empty()) return go_before_owner(o, live);
    auto policy = api::propagation::background;
    if (reconcile::has_finalizer(live->metadata(), api::foreground_finalizer))
        policy = api::propagation::foreground;
    if (reconcile::has_finalizer(live->metadata(), api::orphan_finalizer)) policy = api::propagation::orphan;
    return remove(live, policy);
}

BERTH_DECL auto garbage_collector::find_owners(object::object_ref const& live, time_point now)
    -> owners_found {
    auto out = owners_found{};
    auto const& m = live->metadata();
    for (auto const& o : m.owner_references) {
        auto const* const k = kind_of(o);
        if (k == nullptr) {
            out.solid.push_back(o.uid);
            continue;
        }
        if (k->resource->namespaced) tell_if_elsewhere(live, o, now);
        out.misplaced = out.misplaced || (k->resource->namespaced && m.namespace_.empty());
        if (out.misplaced) break;
        auto const owner =
            gone(o.uid)
                ? result<object::object_ref>(fail(error_code::not_found, "gone"))
                : client_.get(*k->resource, {k->resource->namespaced ? m.namespace_ : std::string(), o.name},
                              api::get_options{});
        if (!owner && owner.error().code != error_code::not_found) out.failed = true;
        else if (!owner || (*owner)->metadata().uid != o.uid) out.absent.push_back(o.uid);
        else if (waits((*owner)->metadata())) out.waiting.push_back(o.uid);
        else out.solid.push_back(o.uid);
    }
    return out;
}

BERTH_DECL auto garbage_collector::tell_if_elsewhere(object::object_ref const& live,
                                                     object::owner_reference const& owner, time_point now)
    -> void {
    auto const there = known(owner.uid);
    auto const& mine = live->metadata().namespace_;
    if (!there || there->where.namespace_.empty() || there->where.namespace_ == mine) return;
    auto const said = "ownerRef [" + owner.api_version + "/" + owner.kind + ", namespace: " + mine +
                      ", name: " + owner.name + ", uid: " + owner.uid + "] does not exist in namespace \"" +
                      mine + "\"";
    recorder_({reconcile::reference(live.object), "Warning", "OwnerRefInvalidNamespace", said}, now);
}

BERTH_DECL auto garbage_collector::waits(object::meta const& owner) -> bool {
    return owner.deleting() && reconcile::has_finalizer(owner, api::foreground_finalizer);
}

BERTH_DECL auto garbage_collector::gone(std::string const& uid) -> bool {
    auto const lock = std::scoped_lock(mutex_);
    return graph_.is_gone(uid);
}

BERTH_DECL auto garbage_collector::kind_of(object::owner_reference const& o) const -> api::kind const* {
    auto const slash = o.api_version.find('/');
    auto const group = std::string_view(o.api_version).substr(0, slash == std::string::npos ? 0 : slash);
    for (auto const& k : kinds_.known().kinds())
        if (k.resource->kind == o.kind && k.resource->group == group) return &k;
    return nullptr;
}

BERTH_DECL auto garbage_collector::keep(owned_object const& o, object::object_ref const& live,
                                        owners_found const& owners, time_point now) -> verdict {
    auto const settled = owners.absent.empty() && owners.waiting.empty();
    if (settled) {
        auto const lock = std::scoped_lock(mutex_);
        if (graph_.lacks_owner(o)) queue_.add_after(o.uid, options_.recheck, now);
        return verdict::settled;
    }
    auto drop = owners.absent;
    drop.insert(drop.end(), owners.waiting.begin(), owners.waiting.end());
    return rewrite(live, [&](object::meta& m) {
        erase_if(m.owner_references,
                 [&](auto const& r) { return std::find(drop.begin(), drop.end(), r.uid) != drop.end(); });
    });
}

BERTH_DECL auto garbage_collector::go_before_owner(owned_object const& o, object::object_ref const& live)
    -> verdict {
    auto const dependents = dependents_of(o.uid);
    if (dependents.empty()) return remove(live, api::propagation::background);
    auto const circular =
        std::any_of(dependents.begin(), dependents.end(), [](auto const& d) { return d.deletes_dependents; });
    if (circular) {
        auto const done = rewrite(live, [](object::meta& m) {
            for (auto& r : m.owner_references)
                if (r.block_owner_deletion) r.block_owner_deletion = false;
        });
        if (done == verdict::failed) return done;
        auto const again = client_.get(live->resource(), o.where, api::get_options{});
        return again ? remove(*again, api::propagation::foreground) : of(again.error());
    }
    return remove(live, api::propagation::foreground);
}

BERTH_DECL auto garbage_collector::wait_for_dependents(owned_object const& o, object::object_ref const& live)
    -> verdict {
    auto blocked = false;
    for (auto const& d : dependents_of(o.uid)) {
        if (!d.blocks(o.uid)) continue;
        blocked = true;
        if (!d.deletes_dependents) queue_.add(d.uid);
    }
    if (blocked || !reconcile::has_finalizer(live->metadata(), api::foreground_finalizer))
        return verdict::settled;
    auto const done = without_finalizer(live, api::foreground_finalizer);
    if (done == verdict::settled) tally(&garbage_collector_counters::unblocked);
    return done;
}

BERTH_DECL auto garbage_collector::let_dependents_go(owned_object const& o, object::object_ref const& live)
    -> verdict {
    for (auto const& d : dependents_of(o.uid)) {
        auto const there = client_.get(*d.resource, d.where, api::get_options{});
        if (!there && there.error().code == error_code::not_found) continue;
        if (!there) return verdict::failed;
        if ((*there)->metadata().uid != d.uid) continue;
        auto const freed = rewrite(*there, [&](object::meta& m) {
            erase_if(m.owner_references, [&](auto const& r) { return r.uid == o.uid; });
        });
        if (freed == verdict::failed) return freed;
    }
    if (!reconcile::has_finalizer(live->metadata(), api::orphan_finalizer)) return verdict::settled;
    auto const done = without_finalizer(live, api::orphan_finalizer);
    if (done == verdict::settled) tally(&garbage_collector_counters::orphaned);
    return done;
}

BERTH_DECL auto garbage_collector::without_finalizer(object::object_ref const& live, std::string_view which)
    -> verdict {
    return rewrite(live, [&](object::meta& m) { reconcile::remove_finalizer(m, which); });
}

template <class Change> auto garbage_collector::rewrite(object::object_ref const& live, Change change)
    -> verdict {
    auto object = object::draft(live.object);
    change(object.metadata());
    auto options = api::update_options{};
    options.expected = live.rev;
    auto const done = api::update(client_, std::move(object).finish(), options);
    return done ? verdict::settled : of(done.error());
}

BERTH_DECL auto garbage_collector::remove(object::object_ref const& live, api::propagation policy)
    -> verdict {
    auto options = api::delete_options{};
    options.policy = policy;
    options.expected_uid = live->metadata().uid;
    options.expected_resource_version = std::to_string(live.rev);
    auto const done = api::remove(client_, live->resource(), live->metadata().where(), options);
    if (done) tally(&garbage_collector_counters::deleted);
    return done ? verdict::settled : of(done.error());
}

} // namespace berth::kube

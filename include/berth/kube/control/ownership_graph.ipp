#pragma once

/// \file
/// The bodies of `berth/kube/control/ownership_graph.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/ownership_graph.hpp>

#include <algorithm>

namespace berth::kube {

BERTH_DECL auto owned_object::blocks(std::string_view owner) const -> bool {
    return std::any_of(owners.begin(), owners.end(), [&](auto const& o) {
        return o.uid == owner && o.block_owner_deletion.value_or(false);
    });
}

BERTH_DECL auto ownership_graph::find(std::string_view uid) const -> owned_object const* {
    auto const found = objects_.find(uid);
    return found == objects_.end() ? nullptr : &*found;
}

BERTH_DECL auto ownership_graph::dependents(std::string_view owner) const -> std::vector<owned_object> {
    auto out = std::vector<owned_object>();
    auto const found = dependents_.find(std::string(owner));
    if (found == dependents_.end()) return out;
    for (auto const* const d : found->second) out.push_back(*d);
    std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.uid < b.uid; });
    return out;
}

BERTH_DECL auto ownership_graph::has_dependents(std::string_view owner) const -> bool {
    return dependents_.contains(std::string(owner));
}

BERTH_DECL auto ownership_graph::is_gone(std::string_view uid) const -> bool {
    return gone_.contains(std::string(uid));
}

BERTH_DECL auto ownership_graph::lacks_owner(owned_object const& o) const -> bool {
    return std::any_of(o.owners.begin(), o.owners.end(), [&](auto const& reference) {
        auto const* const owner = find(reference.uid);
        return owner == nullptr || owner->where.name != reference.name ||
               owner->resource->kind != reference.kind ||
               (owner->resource->namespaced && owner->where.namespace_ != o.where.namespace_);
    });
}

BERTH_DECL auto ownership_graph::is_worth_a_look(owned_object const& o) const -> bool {
    if (o.deletes_dependents || o.orphans_dependents || lacks_owner(o)) return true;
    return std::any_of(o.owners.begin(), o.owners.end(),
                       [&](auto const& owner) { return find(owner.uid)->deletes_dependents; });
}

BERTH_DECL auto ownership_graph::made(object::any_object const& from) -> owned_object {
    auto const& m = from.metadata();
    auto o = owned_object{&from.resource(), m.where(), m.uid, m.owner_references};
    o.deleting = m.deleting();
    o.deletes_dependents = o.deleting && reconcile::has_finalizer(m, api::foreground_finalizer);
    o.orphans_dependents = o.deleting && reconcile::has_finalizer(m, api::orphan_finalizer);
    return o;
}

BERTH_DECL auto ownership_graph::lets_owners_go(owned_object const& before, owned_object const& now) -> bool {
    return std::any_of(before.owners.begin(), before.owners.end(),
                       [&](auto const& o) { return before.blocks(o.uid) && !now.blocks(o.uid); });
}

BERTH_DECL auto ownership_graph::replace(owned_object now) -> replaced {
    auto const found = objects_.find(std::string_view(now.uid));
    if (found == objects_.end()) return {{}, &*objects_.insert(std::move(now)).first};
    auto node = objects_.extract(found);
    auto before = std::exchange(node.value(), std::move(now));
    return {std::move(before), &*objects_.insert(std::move(node)).position};
}

BERTH_DECL auto ownership_graph::unlink(std::string const& owner, owned_object const& dependent) -> void {
    auto const found = dependents_.find(owner);
    if (found == dependents_.end()) return;
    found->second.erase(&dependent);
    if (found->second.empty()) dependents_.erase(found);
}

BERTH_DECL auto ownership_graph::remember_gone(std::string const& uid) -> void {
    if (!dependents_.contains(uid) || !gone_.insert(uid).second) return;
    gone_in_order_.push_back(uid);
    if (gone_in_order_.size() <= gone_remembered) return;
    gone_.erase(gone_in_order_.front());
    gone_in_order_.pop_front();
}

} // namespace berth::kube

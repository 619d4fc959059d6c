#pragma once

/// \file
/// The bodies of `berth/kube/schedule/volume_binding.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/csi_migration.hpp>
#include <berth/kube/schedule/node_selection.hpp>
#include <berth/kube/schedule/volume_binding.hpp>
#include <berth/kube/schedule/volume_claims.hpp>
#include <berth/object/label_selector.hpp>

#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>

namespace berth::kube::detail {

/// Why a pod cannot use a claim at all.
inline auto unusable(pod const& p, claim_use const& use, persistent_volume_claim const* c) -> std::string {
    if (c == nullptr && use.ephemeral)
        return "waiting for ephemeral volume controller to create the persistentvolumeclaim \"" + use.name +
               "\"";
    if (c == nullptr) return claim_not_found(use.name);
    auto const name = "persistentvolumeclaim \"" + use.name + "\"";
    if (c->status.phase == "Lost")
        return name + " bound to non-existent persistentvolume \"" + c->spec.volume_name + "\"";
    if (c->metadata.deleting()) return name + " is being deleted";
    return use.ephemeral ? ownership_problem(p, *c) : std::string();
}

/// Whether a volume would do for a claim, as far as no node has a say in it.
inline auto would_do(persistent_volume const& v, persistent_volume_claim const& c,
                     std::optional<object::selector> const& wanted) -> bool {
    auto const mine = is_meant_for(v, c);
    if (v.spec.claim_ref && !mine) return false;
    if (storage_in(v.spec.capacity) < storage_in(c.spec.resources.requests)) return false;
    if (!has_volume_mode(v, c) || !has_attributes_class(v, c) || v.metadata.deleting()) return false;
    if (mine) return true;
    return v.status.phase == "Available" && (!wanted || wanted->matches(v.metadata.labels)) &&
           has_access_modes(v, c);
}

/// The volumes of a class, by name.
inline auto volumes_of(std::string const& kind, catalogue const& all)
    -> std::vector<persistent_volume const*> {
    auto out = std::vector<persistent_volume const*>();
    for (auto const& [name, e] : all.volumes.in(""))
        if (storage_class_of(*e.value) == kind) out.push_back(&*e.value);
    return out;
}

/// Those of some volumes that would do for a claim: one that is kept for it goes before all others, then the
/// smallest.
inline auto fitting(std::vector<persistent_volume const*> of, persistent_volume_claim const& c)
    -> std::vector<persistent_volume const*> {
    auto wanted = std::optional<object::selector>();
    if (c.spec.selector) {
        auto made = object::to_selector(*c.spec.selector);
        if (!made) return {};
        wanted = *std::move(made);
    }
    std::erase_if(of, [&](auto const* v) { return !would_do(*v, c, wanted); });
    std::sort(of.begin(), of.end(), [&](auto const* a, auto const* b) {
        auto const mine = is_meant_for(*a, c);
        if (mine != is_meant_for(*b, c)) return mine;
        auto const by_size = storage_in(a->spec.capacity) <=> storage_in(b->spec.capacity);
        return by_size != 0 ? by_size < 0 : a->metadata.name < b->metadata.name;
    });
    return of;
}

/// The volume that a claim gets on a node, or null. One that is kept for the claim is the only one that will
/// do.
inline auto volume_for(claims_to_place::waiting const& w, node const& n, csi_node const* drivers,
                       std::unordered_set<persistent_volume const*> const& taken)
    -> persistent_volume const* {
    for (auto const* const v : w.volumes) {
        if (taken.contains(v)) continue;
        if (reaches(n, *v, drivers)) return v;
        if (is_meant_for(*v, *w.claim)) return nullptr;
    }
    return nullptr;
}

/// The room that the driver of a class tells of; absent if it does not tell.
inline auto rooms_of(storage_class const& kind, catalogue const& all)
    -> std::optional<std::vector<class_offer::room>> {
    auto const* const driver = all.csi_drivers.find("", kind.provisioner);
    if (driver == nullptr || !driver->spec.storage_capacity.value_or(false)) return std::nullopt;
    auto out = std::vector<class_offer::room>();
    for (auto const& [space, row] : all.storage_capacities.rows())
        for (auto const& [name, e] : row) {
            auto const& c = *e.value;
            auto const& limit = c.maximum_volume_size ? c.maximum_volume_size : c.capacity;
            if (c.storage_class_name != kind.metadata.name || !limit || !c.node_topology) continue;
            if (auto near = object::to_selector(*c.node_topology)) out.push_back({*limit, *std::move(near)});
        }
    return out;
}

/// Whether there is room for a claim's volume near a node.
inline auto has_room(claims_to_place::waiting const& w, node const& n) -> bool {
    auto const* const size = w.claim->spec.resources.requests.find("storage");
    auto const& rooms = w.offer->rooms;
    return size == nullptr || !rooms || std::any_of(rooms->begin(), rooms->end(), [&](auto const& r) {
               return r.size >= *size && r.near.matches(n.metadata.labels);
           });
}

/// What a class has, by its name; null if there is no such class.
inline auto offer_of(std::string const& name, catalogue const& all) -> std::shared_ptr<class_offer const> {
    auto const* const kind = name.empty() ? nullptr : all.storage_classes.find("", name);
    if (kind == nullptr) return nullptr;
    return std::make_shared<class_offer const>(
        class_offer{kind, volumes_of(name, all), rooms_of(*kind, all)});
}

/// Enters the bound claims into the plan.
inline auto check_bound(claims_to_place const& claims, node const& n, catalogue const& all, volume_plan& out)
    -> void {
    for (auto const* const c : claims.bound) {
        auto const* const v = all.volumes.find("", c->spec.volume_name);
        if (v != nullptr && reaches(n, *v, all.csi_nodes.find("", n.metadata.name))) continue;
        (v == nullptr ? out.volume_missing : out.volume_elsewhere) = true;
        return;
    }
}

/// Enters the claims whose volumes must be made into the plan.
inline auto check_provisions(std::vector<claims_to_place::waiting const*> const& claims, node const& n,
                             volume_plan& out) -> void {
    for (auto const* const w : claims) {
        auto const& by = w->offer->kind->provisioner;
        if (by.empty() || by == no_provisioner || !may_be_made_for(n, *w->offer->kind)) out.no_volume = true;
        else if (!has_room(*w, n)) out.too_little_room = true;
        else out.provisions.push_back(w->claim);
        if (!out.no_volume && !out.too_little_room) continue;
        out.provisions.clear();
        return;
    }
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto claims_to_place_of(pod const& p, catalogue const& all)
    -> std::expected<claims_to_place, std::string> {
    auto out = claims_to_place();
    auto offers = std::map<std::string, std::shared_ptr<class_offer const>>();
    auto immediate = false;
    auto const uses = claims_of(p);
    for (auto const& use : uses) {
        auto const* const c = all.claims.find(p.metadata.namespace_, use.name);
        if (auto why = detail::unusable(p, use, c); !why.empty()) return std::unexpected(std::move(why));
    }
    for (auto const& use : uses) {
        auto const* const c = all.claims.find(p.metadata.namespace_, use.name);
        if (is_fully_bound(*c)) {
            out.bound.push_back(c);
            continue;
        }
        auto const [at, fresh] = offers.try_emplace(storage_class_of(*c));
        auto& [name, offer] = *at;
        if (fresh) offer = detail::offer_of(name, all);
        if (offer && !offer->kind->volume_binding_mode)
            return std::unexpected("VolumeBindingMode not set for StorageClass \"" + name + "\"");
        auto const waits = offer && *offer->kind->volume_binding_mode == "WaitForFirstConsumer";
        if (waits && c->spec.volume_name.empty())
            out.unbound.push_back({c, offer, detail::fitting(offer->volumes, *c)});
        else immediate = true;
    }
    if (immediate) return std::unexpected(std::string("pod has unbound immediate PersistentVolumeClaims"));
    auto const wanted = [](auto const& w) { return storage_in(w.claim->spec.resources.requests); };
    std::stable_sort(out.unbound.begin(), out.unbound.end(),
                     [&](auto const& a, auto const& b) { return wanted(a) < wanted(b); });
    return out;
}

BERTH_DECL auto reaches(node const& n, persistent_volume const& v, csi_node const* drivers) -> bool {
    if (drivers != nullptr && migrated(v.spec)) {
        auto const reach = reach_of(v, drivers);
        return !reach || matches(*reach, n);
    }
    return !v.spec.node_affinity || !v.spec.node_affinity->required ||
           matches(*v.spec.node_affinity->required, n);
}

BERTH_DECL auto plan_volumes(claims_to_place const& claims, node const& n, catalogue const& all)
    -> volume_plan {
    auto out = volume_plan();
    detail::check_bound(claims, n, all, out);
    auto make = std::vector<claims_to_place::waiting const*>();
    for (auto const& w : claims.unbound) {
        auto const* const chosen = selected_node_of(*w.claim);
        if (chosen == nullptr) continue;
        if (*chosen != n.metadata.name) {
            out.no_volume = true;
            return out;
        }
        make.push_back(&w);
    }
    auto taken = std::unordered_set<persistent_volume const*>();
    auto const* const drivers = all.csi_nodes.find("", n.metadata.name);
    for (auto const& w : claims.unbound) {
        if (selected_node_of(*w.claim) != nullptr) continue;
        auto const* const v = detail::volume_for(w, n, drivers, taken);
        if (v == nullptr) make.push_back(&w);
        else out.bindings.push_back({v, w.claim});
        taken.insert(v);
    }
    detail::check_provisions(make, n, out);
    return out;
}

BERTH_DECL auto may_be_made_for(node const& n, storage_class const& kind) -> bool {
    auto const holds = [&](topology_selector_label_requirement const& r) {
        auto const* const value = n.metadata.labels.find(r.key);
        return value != nullptr && std::find(r.values.begin(), r.values.end(), *value) != r.values.end();
    };
    auto const& terms = kind.allowed_topologies;
    return terms.empty() || std::any_of(terms.begin(), terms.end(), [&](topology_selector_term const& t) {
               auto const& all = t.match_label_expressions;
               return std::all_of(all.begin(), all.end(), holds);
           });
}

BERTH_DECL auto provisioned_for(persistent_volume_claim c, std::string_view node) -> persistent_volume_claim {
    c.metadata.annotations[selected_node_annotation] = std::string(node);
    return c;
}

} // namespace berth::kube

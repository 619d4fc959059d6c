#pragma once

/// \file
/// The bodies of `berth/kube/control/local_provisioner.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/local_provisioner.hpp>
#include <berth/kube/core/node/controller/zones.hpp>
#include <berth/kube/core/persistent_volume_claim/controller/matching.hpp>
#include <berth/kube/core/volumes.hpp>
#include <berth/kube/schedule/volume_binding.hpp>
#include <berth/kube/schedule/volume_claims.hpp>
#include <berth/reconcile/finalizer.hpp>

#include <string>
#include <utility>

namespace berth::kube::detail {

/// The index of volumes by the node that their folder is on.
inline constexpr std::string_view local_volumes_by_node = "local-volumes-by-node";

/// Whether an agent runs real processes on a node, which see folders.
inline auto has_folders(node const& n) -> bool {
    return n.status.node_info.container_runtime_version.starts_with("berth://");
}

/// What a claim or its class asks for that a folder cannot be; nothing if all is well.
inline auto impossible_wish(persistent_volume_claim const& c, storage_class const& kind) -> std::string {
    if (c.spec.selector) return "claim Selector is not supported";
    if (c.spec.data_source || c.spec.data_source_ref) return "a data source is not supported";
    if (c.spec.volume_mode && *c.spec.volume_mode == "Block") return "block devices are not supported";
    if (!kind.parameters.empty()) return "the class has parameters, and this provisioner knows none";
    if (!kind.mount_options.empty()) return "mount options are not supported";
    return {};
}

/// Makes the volume of one claim, or says why not.
class local_provisioning {
public:
    local_provisioning(reconcile::snapshot const& world, reconcile::seen<persistent_volume_claim> c,
                       told_note const& before)
        : world_(world), claim_(c), before_(before) {}

    auto run() -> reconcile::decision<told_note> {
        auto const kind = world_.get<storage_class>({}, storage_class_of(*claim_));
        if (!kind || kind->provisioner != local_provisioner) return {};
        auto const late = kind->volume_binding_mode && *kind->volume_binding_mode == "WaitForFirstConsumer";
        auto const* const selected = selected_node_of(*claim_);
        if (late && selected == nullptr) return {};
        if (world_.get<persistent_volume>({}, volume_name())) return {};
        if (auto why = impossible_wish(*claim_, *kind); !why.empty()) refuse(*kind, std::move(why));
        else if (selected == nullptr) make_somewhere(*kind);
        else if (auto const n = world_.get<node>({}, *selected)) make(*kind, &*n);
        else choose_again(*kind, *selected);
        return std::move(out_);
    }

private:
    [[nodiscard]] auto volume_name() const -> std::string { return "pvc-" + claim_->metadata.uid; }

    /// On one of the nodes that are ready, for each claim the one that it likes best.
    auto make_somewhere(storage_class const& kind) -> void {
        node const* best = nullptr;
        auto any = false;
        for (auto const n : world_.all<node>()) {
            if (!is_ready(*n) || n->spec.unschedulable || !may_be_made_for(*n, kind)) continue;
            any = true;
            if (!has_folders(*n)) continue;
            if (best == nullptr ||
                preference(*claim_, n->metadata.name) < preference(*claim_, best->metadata.name))
                best = &*n;
        }
        if (any) make(kind, best);
        else refuse(kind, "no node is ready for it");
    }

    /// The scheduler is to look for another node.
    auto choose_again(storage_class const& kind, std::string const& selected) -> void {
        auto changed = *claim_;
        changed.metadata.annotations.erase(selected_node_annotation);
        out_.plan.update(claim_, std::move(changed));
        out_.plan.warn(claim_, "ProvisioningFailed", problem(kind) + "node \"" + selected + "\" not found",
                       reconcile::note::when::succeeded);
    }

    auto make(storage_class const& kind, node const* on) -> void {
        auto v = persistent_volume();
        v.metadata.name = volume_name();
        v.metadata.annotations[provisioned_by_annotation] = local_provisioner;
        auto& s = v.spec;
        s.capacity["storage"] = storage_in(claim_->spec.resources.requests);
        s.access_modes = claim_->spec.access_modes;
        s.volume_mode.engage() = "Filesystem";
        s.storage_class_name = kind.metadata.name;
        s.persistent_volume_reclaim_policy = kind.reclaim_policy ? *kind.reclaim_policy : "Delete";
        s.volume_attributes_class_name = claim_->spec.volume_attributes_class_name;
        s.csi.engage().driver = local_provisioner;
        s.csi->volume_handle = v.metadata.name;
        s.claim_ref = bound_to(v, *claim_)->spec.claim_ref;
        if (on != nullptr) place(v, *on);
        auto const done = "Successfully provisioned volume " + v.metadata.name;
        out_.plan.create(std::move(v));
        out_.plan.tell(claim_, "ProvisioningSucceeded", done);
        out_.plan.warn(claim_, "ProvisioningFailed", problem(kind) + "{error}",
                       reconcile::note::when::failed);
    }

    static auto place(persistent_volume& v, node const& on) -> void {
        constexpr auto hostname = std::string_view("kubernetes.io/hostname");
        auto const* const named = on.metadata.labels.find(hostname);
        auto& terms = v.spec.node_affinity.engage().required.engage().node_selector_terms;
        auto& wanted = terms.emplace_back().match_expressions.emplace_back();
        wanted.key = hostname;
        wanted.operator_ = "In";
        wanted.values = {named == nullptr ? on.metadata.name : *named};
        if (!has_folders(on)) return;
        v.metadata.labels[local_node_label] = on.metadata.name;
        v.metadata.finalizers.emplace_back(local_folder_finalizer);
    }

    auto refuse(storage_class const& kind, std::string why) -> void {
        auto what = reconcile::note{reconcile::reference(claim_.ref().object), "Warning",
                                    "ProvisioningFailed", problem(kind) + std::move(why)};
        out_.memory = tell_again(out_.plan, std::move(what), before_, world_.now(), minutes(1));
    }

    static auto problem(storage_class const& kind) -> std::string {
        return "failed to provision volume with StorageClass \"" + kind.metadata.name + "\": ";
    }

    reconcile::snapshot const& world_;
    reconcile::seen<persistent_volume_claim> claim_;
    told_note const& before_;
    reconcile::decision<told_note> out_;
};

/// The claim that a volume of the provisioner's is for.
inline auto claim_of_local(persistent_volume const& v) -> std::vector<object::key> {
    if (!is_local(v) || !v.spec.claim_ref) return {};
    return {{v.spec.claim_ref->namespace_, v.spec.claim_ref->name}};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto is_local(persistent_volume const& v) -> bool {
    return v.spec.csi && v.spec.csi->driver == local_provisioner;
}

BERTH_DECL auto local_provisioner_controller::keys_for(reconcile::snapshot const&,
                                                       persistent_volume const& v) const
    -> std::vector<object::key> {
    return detail::claim_of_local(v);
}

BERTH_DECL auto local_resizer_controller::keys_for(reconcile::snapshot const&,
                                                   persistent_volume const& v) const
    -> std::vector<object::key> {
    return detail::claim_of_local(v);
}

BERTH_DECL auto local_resizer_controller::reconcile(reconcile::snapshot const& world,
                                                    object::key const& k) const -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const c = world.get<persistent_volume_claim>(k);
    if (!c || c->metadata.deleting() || !is_fully_bound(*c) || !c->status.capacity.contains("storage"))
        return plan;
    auto const v = world.get<persistent_volume>({}, c->spec.volume_name);
    if (!v || !is_local(*v) || v->metadata.deleting() || !v->spec.claim_ref ||
        v->spec.claim_ref->uid != c->metadata.uid)
        return plan;
    auto const wanted = storage_in(c->spec.resources.requests);
    auto const size = storage_in(v->spec.capacity);
    if (size < wanted) {
        auto grown = *v;
        grown.spec.capacity["storage"] = wanted;
        plan.update(v, std::move(grown));
    } else if (storage_in(c->status.capacity) < wanted) {
        auto told = *c;
        told.status.capacity["storage"] = size;
        plan.update_status(c, std::move(told));
        plan.tell(c, "VolumeResizeSuccessful", "Resize volume succeeded");
    }
    return plan;
}

BERTH_DECL auto local_provisioner_controller::reconcile(reconcile::snapshot const& world,
                                                        object::key const& k, told_note const& before) const
    -> reconcile::decision<told_note> {
    auto const c = world.get<persistent_volume_claim>(k);
    if (!c || c->metadata.deleting() || !c->spec.volume_name.empty()) return {};
    auto const* const by = c->metadata.annotations.find(storage_provisioner_annotation);
    if (by == nullptr || *by != local_provisioner) return {};
    return detail::local_provisioning(world, c, before).run();
}

BERTH_DECL auto local_reclaimer_controller::indexes() -> std::vector<reconcile::index> {
    return {reconcile::index_of<persistent_volume>(
        std::string(detail::local_volumes_by_node),
        [](persistent_volume const& v) -> std::optional<std::string> {
            auto const* const on = v.metadata.labels.find(local_node_label);
            if (on == nullptr || !is_local(v)) return std::nullopt;
            return *on;
        })};
}

BERTH_DECL auto local_reclaimer_controller::keys_for(reconcile::snapshot const& world, node const& n) const
    -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    for (auto const v : world.where<persistent_volume>(detail::local_volumes_by_node, n.metadata.name))
        out.push_back(v->metadata.where());
    return out;
}

BERTH_DECL auto local_reclaimer_controller::reconcile(reconcile::snapshot const& world,
                                                      object::key const& k) const -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const v = world.get<persistent_volume>(k);
    if (!v || !is_local(*v)) return plan;
    if (!v->metadata.deleting()) {
        if (v->status.phase == "Released" && v->spec.persistent_volume_reclaim_policy == "Delete")
            plan.remove(v);
        return plan;
    }
    auto const* const on = v->metadata.labels.find(local_node_label);
    if (on == nullptr || !world.get<node>({}, *on))
        reconcile::remove_finalizer(plan, v.ref(), local_folder_finalizer);
    return plan;
}

} // namespace berth::kube

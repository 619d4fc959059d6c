#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume_claim/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/pods_on_claims.hpp>
#include <berth/kube/core/persistent_volume_claim/controller.hpp>
#include <berth/kube/core/persistent_volume_claim/controller/binding.hpp>
#include <berth/kube/core/persistent_volume_claim/controller/matching.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/core/volumes.hpp>
#include <berth/kube/meta/default_class.hpp>
#include <berth/kube/schedule/csi_migration.hpp>
#include <berth/kube/storage/storage_class/admission.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace berth::kube::detail {

/// The index of claims without a volume, by the class that they want, or by the volume that they name.
inline constexpr std::string_view unbound_claims = "unbound-claims";

inline auto waits_in_class(std::string_view name) -> std::string { return "class " + std::string(name); }
inline auto waits_for_volume(std::string_view name) -> std::string { return "volume " + std::string(name); }

inline auto wait_of(persistent_volume_claim const& c) -> std::optional<std::string> {
    if (c.metadata.annotations.contains(bind_completed_annotation)) return std::nullopt;
    return c.spec.volume_name.empty() ? waits_in_class(storage_class_of(c))
                                      : waits_for_volume(c.spec.volume_name);
}

/// One look at a claim.
class claim_binding {
public:
    claim_binding(reconcile::snapshot const& world, reconcile::seen<persistent_volume_claim> c,
                  told_note const& before, duration period)
        : world_(world), claim_(c), before_(before), period_(period) {}

    auto run() -> reconcile::decision<told_note> {
        auto const bound = claim_->metadata.annotations.contains(bind_completed_annotation);
        if (bound) keep_bound();
        else if (claim_->spec.volume_name.empty()) find_volume();
        else take_named_volume();
        return std::move(out_);
    }

private:
    // --- claims that are bound ---

    auto keep_bound() -> void {
        auto const& name = claim_->spec.volume_name;
        if (name.empty())
            return lose("ClaimLost",
                        "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
        auto const v = world_.get<persistent_volume>({}, name);
        if (!v)
            return lose("ClaimLost",
                        "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
        if (!v->spec.claim_ref || v->spec.claim_ref->uid == claim_->metadata.uid) return take(v);
        lose("ClaimMisbound", "Two claims are bound to the same volume, this one is bound incorrectly");
    }

    auto lose(std::string reason, std::string message) -> void {
        if (claim_->status.phase == "Lost") return;
        set_phase(out_.plan, claim_, *claim_, "Lost", nullptr);
        out_.plan.warn(claim_, std::move(reason), std::move(message), reconcile::note::when::succeeded);
    }

    // --- claims that name a volume ---

    auto take_named_volume() -> void {
        auto const& name = claim_->spec.volume_name;
        auto const v = world_.get<persistent_volume>({}, name);
        if (!v) return stay_pending();
        if (is_meant_for(*v, *claim_)) return take(v);
        if (!v->spec.claim_ref) {
            auto const why = mismatch(*v, *claim_);
            if (why.empty()) return take(v);
            tell("Warning", "VolumeMismatch", "Cannot bind to requested volume \"" + name + "\": " + why);
        } else if (!claim_->metadata.annotations.contains(bound_by_controller_annotation)) {
            tell("Warning", "FailedBinding", "volume \"" + name + "\" already bound to a different claim.");
        }
        stay_pending();
    }

    // --- claims that take what suits ---

    auto find_volume() -> void {
        auto const name = storage_class_of(*claim_);
        auto const kind = world_.get<storage_class>({}, name);
        auto const late =
            kind && kind->volume_binding_mode && *kind->volume_binding_mode == "WaitForFirstConsumer";
        if (auto const v = best_volume(world_, *claim_, late)) return take(v);
        if (take_default_class()) return;
        if (late && selected_node_of(*claim_) == nullptr) tell_late();
        else if (!name.empty()) return have_made(name, kind);
        else
            tell("Normal", "FailedBinding",
                 "no persistent volumes available for this claim and no storage class is set");
        stay_pending();
    }

    auto take_default_class() -> bool {
        if (has_storage_class(*claim_)) return false;
        auto all = std::vector<object::object_ref>();
        for (auto const c : world_.all<storage_class>()) all.push_back(c.ref());
        auto const* const best = newest_default<storage_class>(all, &is_default);
        if (best == nullptr) return false;
        auto changed = *claim_;
        changed.spec.storage_class_name = best->metadata.name;
        out_.plan.update(claim_, std::move(changed));
        return true;
    }

    auto tell_late() -> void {
        auto names = std::vector<std::string>();
        for (auto const p : pods_on(world_, claim_->metadata.where()))
            if (p->spec.node_name.empty() && !is_finished(*p)) names.push_back(p->metadata.name);
        if (names.empty())
            return tell("Normal", "WaitForFirstConsumer",
                        "waiting for first consumer to be created before binding");
        std::sort(names.begin(), names.end());
        auto listed = std::string();
        for (auto const& one : names) listed.append(listed.empty() ? "" : ",").append(one);
        tell("Normal", "WaitForPodScheduled",
             "waiting for pod" + std::string(names.size() > 1 ? "s " : " ") + listed + " to be scheduled");
    }

    /// The provisioner of the class is told by annotations. Plugins of Kubernetes itself make none here,
    /// unless a driver stands for them.
    auto have_made(std::string const& name, reconcile::seen<storage_class> kind) -> void {
        if (!kind)
            return tell("Warning", "ProvisioningFailed",
                        "storageclass.storage.k8s.io \"" + name + "\" not found");
        auto provisioner = kind->provisioner;
        if (auto const* const driver = replacement_of(provisioner)) provisioner = driver->driver;
        if (provisioner.starts_with("kubernetes.io/"))
            return tell("Warning", "ProvisioningFailed", "no volume plugin matched name: " + provisioner);
        auto marked = *claim_;
        auto& notes = marked.metadata.annotations;
        if (auto const* const known = notes.find(storage_provisioner_annotation);
            known == nullptr || *known != provisioner)
            for (auto const key : {storage_provisioner_annotation, old_storage_provisioner})
                notes[std::string(key)] = provisioner;
        out_.plan.update(claim_, std::move(marked));
        tell("Normal", "ExternalProvisioning",
             "Waiting for a volume to be created either by the external provisioner '" + provisioner +
                 "' or manually by the system administrator. If volume creation is delayed, please verify "
                 "that the provisioner is running and correctly registered.");
    }

    // --- in all cases ---

    auto take(reconcile::seen<persistent_volume> v) -> void { bind(out_.plan, v, claim_, world_.now()); }
    auto stay_pending() -> void { set_phase(out_.plan, claim_, *claim_, "Pending", nullptr); }
    auto tell(std::string type, std::string reason, std::string message) -> void {
        auto what = reconcile::note{reconcile::reference(claim_.ref().object), std::move(type),
                                    std::move(reason), std::move(message)};
        out_.memory = tell_again(out_.plan, std::move(what), before_, world_.now(), period_);
    }

    static constexpr std::string_view old_storage_provisioner =
        "volume.beta.kubernetes.io/storage-provisioner";

    reconcile::snapshot const& world_;
    reconcile::seen<persistent_volume_claim> claim_;
    told_note const& before_;
    duration period_;
    reconcile::decision<told_note> out_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto persistent_volume_claim_controller::indexes() -> std::vector<reconcile::index> {
    return {
        volumes_by_claim_index(), free_volumes_index(), pods_by_claim_index(),
        reconcile::index_of<persistent_volume_claim>(std::string(detail::unbound_claims), &detail::wait_of)};
}

BERTH_DECL auto persistent_volume_claim_controller::keys_for(reconcile::snapshot const& world,
                                                             persistent_volume const& v) const
    -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    if (v.spec.claim_ref) out.push_back({v.spec.claim_ref->namespace_, v.spec.claim_ref->name});
    auto const waiting = [&](std::string const& entry) {
        return world.where<persistent_volume_claim>(detail::unbound_claims, entry);
    };
    for (auto const c : waiting(detail::waits_for_volume(v.metadata.name)))
        out.push_back(c->metadata.where());
    if (v.spec.claim_ref || v.status.phase != "Available") return out;
    for (auto const c : waiting(detail::waits_in_class(storage_class_of(v))))
        if (would_fit(v, *c)) out.push_back(c->metadata.where());
    return out;
}

BERTH_DECL auto persistent_volume_claim_controller::keys_for(reconcile::snapshot const& world,
                                                             storage_class const& c) const
    -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    auto const add = [&](std::string_view of_class) {
        for (auto const one :
             world.where<persistent_volume_claim>(detail::unbound_claims, detail::waits_in_class(of_class)))
            out.push_back(one->metadata.where());
    };
    add(c.metadata.name);
    if (is_default(c)) add({});
    return out;
}

BERTH_DECL auto persistent_volume_claim_controller::reconcile(reconcile::snapshot const& world,
                                                              object::key const& k,
                                                              told_note const& before) const
    -> reconcile::decision<told_note> {
    auto const c = world.get<persistent_volume_claim>(k);
    if (!c) return {};
    return detail::claim_binding(world, c, before, options.period).run();
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/pods_on_claims.hpp>
#include <berth/kube/core/persistent_volume/controller.hpp>
#include <berth/kube/core/persistent_volume_claim/controller/binding.hpp>
#include <berth/kube/core/persistent_volume_claim/controller/matching.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/core/volumes.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace berth::kube::detail {

/// Whether somebody else deletes a volume, who made it or stands for who did.
inline auto is_deleted_by_others(persistent_volume const& v) -> bool {
    auto const* const by = v.metadata.annotations.find(provisioned_by_annotation);
    return by != nullptr && !by->empty() && !by->starts_with("kubernetes.io/");
}

/// Why a volume cannot be deleted; nothing if it can.
inline auto deletion_problem(persistent_volume const& v) -> std::string {
    constexpr auto host_path = std::string_view("kubernetes.io/host-path");
    auto const* const by = v.metadata.annotations.find(provisioned_by_annotation);
    auto const named = by != nullptr && !by->empty();
    if (named && *by != host_path) return "no volume plugin matched name: " + *by;
    if (!v.spec.host_path)
        return "error getting deleter volume plugin for volume \"" + v.metadata.name +
               "\": no deletable volume plugin matched";
    auto const& path = v.spec.host_path->path;
    auto const at = path.find("/tmp/");
    if (at != std::string::npos && at + 5 < path.size()) return {};
    return "host_path deleter only supports /tmp/.+ but received provided " + path;
}

/// One look at a volume.
class volume_look {
public:
    volume_look(reconcile::snapshot const& world, reconcile::seen<persistent_volume> v,
                volume_memory const& before, duration period)
        : world_(world), volume_(v), before_(before), period_(period) {}

    auto run() -> reconcile::decision<volume_memory> {
        decide();
        return std::move(out_);
    }

private:
    auto decide() -> void {
        if (!volume_->spec.claim_ref || volume_->spec.claim_ref->uid.empty()) return phase("Available");
        auto const& ref = *volume_->spec.claim_ref;
        auto const c = world_.get<persistent_volume_claim>(ref.namespace_, ref.name);
        if (!c || c->metadata.uid != ref.uid) return miss();
        if (c->spec.volume_name.empty()) return check_mode(c);
        if (c->spec.volume_name == volume_->metadata.name) return phase("Bound");
        if (volume_->metadata.annotations.contains(provisioned_by_annotation) && policy() == "Delete")
            return release();
        unbind();
    }

    /// The claim is on its way to the volume, unless it can never have it.
    auto check_mode(reconcile::seen<persistent_volume_claim> c) -> void {
        if (has_volume_mode(*volume_, *c)) return;
        auto const& v = volume_->metadata.name;
        auto of_volume = note_on(volume_, "Warning", "VolumeMismatch",
                                 "Cannot bind PersistentVolume to requested PersistentVolumeClaim \"" +
                                     c->metadata.name + "\" due to incompatible volumeMode.");
        auto of_claim = note_on(c, "Warning", "VolumeMismatch",
                                "Cannot bind PersistentVolume \"" + v +
                                    "\" to requested PersistentVolumeClaim due to incompatible volumeMode.");
        tell(std::move(of_volume));
        if (!out_.plan.empty()) out_.plan.tell(std::move(of_claim));
    }

    /// A claim that was never seen may only not be known yet.
    auto miss() -> void {
        constexpr auto patience = seconds(1);
        auto const& was = volume_->status.phase;
        if (was == "Bound" || is_over()) return release();
        auto const since = before_.missing.value_or(world_.now());
        if (world_.now() - since >= patience) return release();
        out_.memory.missing = since;
        out_.plan.look_again(since + patience - world_.now());
    }

    auto release() -> void {
        if (!is_over()) phase("Released");
        if (volume_->metadata.annotations.contains(migrated_to_annotation)) return;
        if (policy() == "Recycle") recycle();
        else if (policy() == "Delete" && !is_deleted_by_others(*volume_)) remove();
    }

    auto recycle() -> void {
        auto const& ref = *volume_->spec.claim_ref;
        auto const claim = object::key{ref.namespace_, ref.name};
        auto users = std::vector<std::string>();
        if (!world_.get<persistent_volume_claim>(claim))
            for (auto const p : pods_on(world_, claim))
                if (!is_finished(*p)) users.push_back(p->metadata.where().to_string());
        if (users.empty()) return fail("VolumeFailedRecycle", "No recycler plugin found for the volume!");
        std::sort(users.begin(), users.end());
        auto listed = std::string();
        for (auto const& one : users) listed.append(listed.empty() ? "" : ",").append(one);
        tell(note_on(volume_, "Normal", "VolumeFailedRecycle", "Volume is used by pods: " + listed));
    }

    auto remove() -> void {
        if (volume_->metadata.deleting()) return;
        auto const why = deletion_problem(*volume_);
        if (!why.empty()) return fail("VolumeFailedDelete", why);
        out_.plan.remove(volume_);
    }

    auto fail(std::string reason, std::string message) -> void {
        if (volume_->status.phase == "Failed") return;
        auto now = *volume_;
        if (!is_over()) now.status.phase = "Released";
        set_phase(out_.plan, volume_, std::move(now), "Failed", message, world_.now());
        out_.plan.warn(volume_, std::move(reason), std::move(message), reconcile::note::when::succeeded);
    }

    /// Who bound a volume by hand keeps it for the claim of that name.
    auto unbind() -> void {
        auto freed = *volume_;
        if (freed.metadata.annotations.contains(bound_by_controller_annotation)) {
            freed.spec.claim_ref.reset();
            freed.metadata.annotations.erase(bound_by_controller_annotation);
        } else freed.spec.claim_ref->uid.clear();
        out_.plan.update(volume_, freed);
        set_phase(out_.plan, volume_, std::move(freed), "Available", "", world_.now());
    }

    auto phase(std::string_view name) -> void {
        set_phase(out_.plan, volume_, *volume_, name, "", world_.now());
    }
    auto tell(reconcile::note what) -> void {
        out_.memory.told = tell_again(out_.plan, std::move(what), before_.told, world_.now(), period_);
    }
    template <class Seen>
    static auto note_on(Seen const& o, std::string type, std::string reason, std::string message)
        -> reconcile::note {
        return {reconcile::reference(o.ref().object), std::move(type), std::move(reason), std::move(message)};
    }
    [[nodiscard]] auto policy() const -> std::string const& {
        return volume_->spec.persistent_volume_reclaim_policy;
    }
    /// Whether the volume's claim is known to be gone.
    [[nodiscard]] auto is_over() const -> bool {
        return volume_->status.phase == "Released" || volume_->status.phase == "Failed";
    }

    static constexpr std::string_view migrated_to_annotation = "pv.kubernetes.io/migrated-to";

    reconcile::snapshot const& world_;
    reconcile::seen<persistent_volume> volume_;
    volume_memory const& before_;
    duration period_;
    reconcile::decision<volume_memory> out_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto persistent_volume_controller::indexes() -> std::vector<reconcile::index> {
    return {volumes_by_claim_index(), pods_by_claim_index()};
}

BERTH_DECL auto persistent_volume_controller::keys_for(reconcile::snapshot const& world,
                                                       persistent_volume_claim const& c) const
    -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    for (auto const v : world.where<persistent_volume>(volumes_by_claim, c.metadata.where().to_string()))
        out.push_back(v->metadata.where());
    return out;
}

BERTH_DECL auto persistent_volume_controller::reconcile(reconcile::snapshot const& world,
                                                        object::key const& k,
                                                        volume_memory const& before) const
    -> reconcile::decision<volume_memory> {
    auto const v = world.get<persistent_volume>(k);
    if (!v) return {};
    return detail::volume_look(world, v, before, options.period).run();
}

} // namespace berth::kube

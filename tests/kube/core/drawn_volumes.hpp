#pragma once

/// \file
/// Worlds of volumes, claims, classes and pods, drawn at random: bound, half bound, lost, kept, wrong.

#include "../schedule/volume_world.hpp"

#include <berth/core/random.hpp>
#include <berth/kube/core/volumes.hpp>
#include <berth/reconcile/world.hpp>

#include <string>
#include <utility>

namespace test {

/// Draws worlds in which claims `c0`, `c1` ... and volumes `v0`, `v1` ... are in all sorts of states.
class drawn_volumes {
public:
    drawn_volumes(berth::random_engine& draw, reconcile::world& into, std::uint64_t size)
        : draw_(&draw), world_(&into), size_(size) {}

    auto fill() -> void {
        world_->add(make_class("now", "csi.example.com", "Immediate").done());
        world_->add(make_class("late").done());
        world_->add(make_class("hand", "kubernetes.io/no-provisioner", "WaitForFirstConsumer").done());
        if (chance(3)) world_->add(default_class());
        for (auto i = std::uint64_t{0}; i < size_; ++i) world_->add(claim(i));
        for (auto i = std::uint64_t{0}; i < size_; ++i) world_->add(volume(i));
        for (auto i = std::uint64_t{0}; i < size_ / 4; ++i) world_->add(user(i));
    }

private:
    auto chance(std::uint64_t one_in) -> bool { return draw_->below(one_in) == 0; }
    auto one(std::initializer_list<char const*> of) -> std::string {
        return of.begin()[draw_->below(of.size())];
    }
    auto numbered(char const* what) -> std::string { return what + std::to_string(draw_->below(size_)); }
    auto size() -> std::int64_t { return static_cast<std::int64_t>(1 + draw_->below(4)); }

    static auto default_class() -> kube::storage_class {
        return make_class("usual", "csi.example.com", "Immediate")
            .annotation("storageclass.kubernetes.io/is-default-class", "true")
            .done();
    }

    auto claim(std::uint64_t i) -> kube::persistent_volume_claim {
        auto c = make_claim("c" + std::to_string(i), size());
        if (!chance(5)) c.of_class(one({"", "now", "late", "hand", "gone"}));
        if (chance(4)) c.mode("ReadWriteMany");
        if (chance(6)) c.with([](auto& o) { o.spec.volume_mode.engage() = "Block"; });
        if (chance(5)) c.with([](auto& o) { o.spec.selector.engage().match_labels["tier"] = "fast"; });
        if (chance(3)) c.with([&](auto& o) { o.spec.volume_name = numbered("v"); });
        if (chance(3)) c.annotation(std::string(kube::bind_completed_annotation), "yes");
        if (chance(4)) c.annotation(std::string(kube::bound_by_controller_annotation), "yes");
        if (chance(6)) c.annotation(std::string(kube::selected_node_annotation), "a");
        if (chance(9)) c.deleting().finalizer("example.com/hold");
        return c.with([&](auto& o) { o.status.phase = one({"Pending", "Bound", "Lost"}); }).done();
    }

    auto volume(std::uint64_t i) -> kube::persistent_volume {
        auto v = make_volume("v" + std::to_string(i), size());
        v.of_class(one({"", "now", "late", "hand"}));
        if (chance(3)) v.with([](auto& o) { o.spec.access_modes.emplace_back("ReadWriteMany"); });
        if (chance(6)) v.with([](auto& o) { o.spec.volume_mode.engage() = "Block"; });
        if (chance(2)) v.label("tier", "fast");
        if (chance(2)) meant(v);
        if (chance(4)) v.annotation(std::string(kube::bound_by_controller_annotation), "yes");
        if (chance(5)) v.annotation(std::string(kube::provisioned_by_annotation), "csi.example.com");
        if (chance(8)) v.annotation(std::string(kube::provisioned_by_annotation), "kubernetes.io/old");
        if (chance(9)) v.deleting().finalizer("example.com/hold");
        v.with([&](auto& o) {
            o.spec.persistent_volume_reclaim_policy = one({"Retain", "Delete", "Recycle"});
            o.status.phase = one({"Pending", "Available", "Bound", "Released", "Failed"});
            if (chance(2)) o.spec.host_path.engage().path = one({"/srv/data", "/tmp/data", "/tmp/"});
        });
        return v.done();
    }

    /// For a claim: that of now, one of old, or whoever gets the name.
    auto meant(make_volume& v) -> void {
        auto const whose = numbered("c");
        auto const uid = one({"", "uid-of-", "uid-of-old-"});
        v.kept_for(whose).with([&](auto& o) { o.spec.claim_ref->uid = uid.empty() ? uid : uid + whose; });
    }

    auto user(std::uint64_t i) -> kube::pod {
        auto p =
            pod_on("p" + std::to_string(i), {numbered("c")}).phase(one({"Pending", "Running", "Failed"}));
        if (chance(2)) p.on("a");
        return p.done();
    }

    berth::random_engine* draw_;
    reconcile::world* world_;
    std::uint64_t size_;
};

inline auto draw_volumes(berth::random_engine& draw, reconcile::world& into) -> void {
    drawn_volumes(draw, into, 8).fill();
}

} // namespace test

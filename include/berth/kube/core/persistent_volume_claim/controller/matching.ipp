#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume_claim/controller/matching.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/random.hpp>
#include <berth/kube/core/persistent_volume_claim/controller/matching.hpp>
#include <berth/kube/core/volumes.hpp>
#include <berth/object/label_selector.hpp>

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

namespace berth::kube::detail {

/// Whether a volume is large enough for a claim, and of the right sort.
inline auto serves(persistent_volume const& v, persistent_volume_claim const& c) -> bool {
    return !v.metadata.deleting() && storage_in(v.spec.capacity) >= storage_in(c.spec.resources.requests) &&
           has_volume_mode(v, c) && has_attributes_class(v, c) && has_access_modes(v, c);
}

/// The claim's selector; one that matches everything if it has none, nothing if it is no selector.
inline auto selector_of(persistent_volume_claim const& c) -> std::optional<object::selector> {
    if (!c.spec.selector) return object::selector();
    auto made = object::to_selector(*c.spec.selector);
    if (!made) return std::nullopt;
    return *std::move(made);
}

/// The best of the volumes that were offered.
class volume_choice {
public:
    explicit volume_choice(persistent_volume_claim const& c) : claim_(&c) {}

    auto offer(reconcile::seen<persistent_volume> v, bool kept) -> void {
        auto const modes = v->spec.access_modes.size();
        auto const size = storage_in(v->spec.capacity);
        if (best_) {
            auto const order = std::tuple(modes, !kept) <=> std::tuple(modes_, !kept_);
            auto const by_size = order != 0 ? order : std::weak_ordering(size <=> size_);
            if (by_size > 0 || (by_size == 0 && !(rank(*v) < rank(*best_)))) return;
        }
        best_ = v;
        modes_ = modes;
        kept_ = kept;
        size_ = size;
    }
    [[nodiscard]] auto best() const -> reconcile::seen<persistent_volume> { return best_; }

private:
    [[nodiscard]] auto rank(persistent_volume const& v) const -> std::tuple<std::uint64_t, std::string_view> {
        return {preference(*claim_, v.metadata.name), v.metadata.name};
    }

    persistent_volume_claim const* claim_;
    reconcile::seen<persistent_volume> best_;
    std::size_t modes_ = 0;
    bool kept_ = false;
    object::quantity size_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto volumes_by_claim_index() -> reconcile::index {
    return reconcile::index_of<persistent_volume>(
        std::string(volumes_by_claim), [](persistent_volume const& v) -> std::optional<std::string> {
            if (!v.spec.claim_ref) return std::nullopt;
            return object::key{v.spec.claim_ref->namespace_, v.spec.claim_ref->name}.to_string();
        });
}

BERTH_DECL auto free_volumes_index() -> reconcile::index {
    return reconcile::index_of<persistent_volume>(
        std::string(free_volumes_by_class), [](persistent_volume const& v) -> std::optional<std::string> {
            if (v.spec.claim_ref) return std::nullopt;
            return storage_class_of(v);
        });
}

BERTH_DECL auto best_volume(reconcile::snapshot const& world, persistent_volume_claim const& c, bool late)
    -> reconcile::seen<persistent_volume> {
    auto choice = detail::volume_choice(c);
    auto const wanted = detail::selector_of(c);
    if (!wanted) return {};
    for (auto const v : world.where<persistent_volume>(volumes_by_claim, c.metadata.where().to_string()))
        if (is_meant_for(*v, c) && detail::serves(*v, c)) choice.offer(v, true);
    if (late) return choice.best();
    for (auto const v : world.where<persistent_volume>(free_volumes_by_class, storage_class_of(c)))
        if (v->status.phase == "Available" && detail::serves(*v, c) && wanted->matches(v->metadata.labels))
            choice.offer(v, false);
    return choice.best();
}

BERTH_DECL auto would_fit(persistent_volume const& v, persistent_volume_claim const& c) -> bool {
    if (v.spec.claim_ref || storage_class_of(v) != storage_class_of(c) || !detail::serves(v, c)) return false;
    auto const wanted = detail::selector_of(c);
    return wanted && wanted->matches(v.metadata.labels);
}

BERTH_DECL auto preference(persistent_volume_claim const& c, std::string_view name) -> std::uint64_t {
    auto seed = std::uint64_t{0};
    for (auto const text : {std::string_view(c.metadata.uid), name})
        for (auto const letter : text) seed = seed * 31 + static_cast<unsigned char>(letter);
    return random_engine(seed)();
}

BERTH_DECL auto mismatch(persistent_volume const& v, persistent_volume_claim const& c) -> std::string {
    if (v.metadata.deleting()) return "the volume is marked for deletion \"" + v.metadata.name + "\"";
    if (storage_in(v.spec.capacity) < storage_in(c.spec.resources.requests))
        return "requested PV is too small";
    if (storage_class_of(v) != storage_class_of(c)) return "storageClassName does not match";
    if (!has_attributes_class(v, c)) return "volumeAttributesClassName does not match";
    if (!has_volume_mode(v, c)) return "incompatible volumeMode";
    if (!has_access_modes(v, c)) return "incompatible accessMode";
    return {};
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/reconcile/table.hpp`.

#include <berth/core/config.hpp>
#include <berth/reconcile/table.hpp>

namespace berth::reconcile {

BERTH_DECL table::table(object::type_info const& type) : type_(&type) {
    add_index({type_, std::string(by_namespace),
               [](object::any_object const& o, value_sink const& sink) { sink(o.metadata().namespace_); }});
    add_index({type_, std::string(by_controller), [](object::any_object const& o, value_sink const& sink) {
                   if (auto const* owner = object::controller_of(o.metadata())) sink(owner->uid);
               }});
}

BERTH_DECL auto table::put(object::object_ref ref) -> object::object_ref {
    kept_ = {};
    auto const& m = ref.object.metadata();
    auto slot = slot_of(m.namespace_, m.name);
    if (slot == detail::nowhere) {
        slot = free_.empty() ? static_cast<std::uint32_t>(slots_.size()) : free_.back();
        if (free_.empty()) slots_.push_back({});
        else free_.pop_back();
        names_.insert(detail::hash_name(m.namespace_, m.name), slot);
    }
    auto before = std::exchange(slots_.edit(slot), std::move(ref));
    for (auto& b : indexes_) b.put(slot, slots_[slot].object);
    return before;
}

BERTH_DECL auto table::erase(std::string_view namespace_, std::string_view name) -> object::object_ref {
    auto const slot = slot_of(namespace_, name);
    if (slot == detail::nowhere) return {};
    kept_ = {};
    names_.erase(detail::hash_name(namespace_, name), slot);
    for (auto& b : indexes_) b.remove(slot);
    free_.push_back(slot);
    return std::exchange(slots_.edit(slot), {});
}

BERTH_DECL auto table::add_index(index what) -> void {
    if (find_index(what.name) != nullptr) return;
    kept_ = {};
    auto& added = indexes_.emplace_back(std::move(what));
    for (std::uint32_t slot = 0; slot < slots_.size(); ++slot)
        if (slots_[slot]) added.put(slot, slots_[slot].object);
}

BERTH_DECL auto table::reserve(std::size_t objects) -> void {
    kept_ = {};
    names_.reserve(objects);
}

BERTH_DECL auto table::slot_of(std::string_view namespace_, std::string_view name) const -> std::uint32_t {
    return names_.find(detail::hash_name(namespace_, name), [&](auto slot) {
        auto const& m = slots_[slot].object.metadata();
        return m.name == name && m.namespace_ == namespace_;
    });
}

BERTH_DECL auto table::find_index(std::string_view name) const -> detail::buckets const* {
    for (auto const& b : indexes_)
        if (b.name() == name) return &b;
    return nullptr;
}

} // namespace berth::reconcile

#pragma once

/// \file
/// The bodies of `berth/reconcile/world.hpp`.

#include <berth/core/config.hpp>
#include <berth/reconcile/world.hpp>

namespace berth::reconcile {

BERTH_DECL auto world::follow(object::type_info const& type) -> table& {
    if (auto* found = find(type)) return *found;
    return tables_.emplace_back(type);
}

BERTH_DECL auto world::find(object::type_info const& type) const -> table const* {
    for (auto const& t : tables_)
        if (&t.type() == &type) return &t;
    return nullptr;
}

BERTH_DECL auto world::find(object::resource_name const& r) const -> table const* {
    for (auto const& t : tables_)
        if (t.resource() == r) return &t;
    return nullptr;
}

BERTH_DECL auto world::add(object::any_object o) -> object::object_ref {
    auto ref = object::object_ref{std::move(o), ++revision_};
    follow(ref.object.type()).put(ref);
    return ref;
}

BERTH_DECL auto snapshot::table_of(object::type_info const& type) const -> table const* {
    auto allowed = declared_.empty();
    for (auto const* d : declared_) allowed = allowed || d == &type;
    auto const* t = !allowed ? nullptr : world_ != nullptr ? world_->find(type) : frozen_->find(type);
    if (t == nullptr) undeclared_ = type.resource;
    return t;
}

BERTH_DECL auto world::at(time_point now, std::span<failure const> failures) const -> snapshot {
    {
        auto const lock = std::shared_lock(mutex_);
        if (last_view_ && last_view_->are_still(tables_)) return {last_view_, now, failures};
    }
    auto const lock = std::unique_lock(mutex_);
    if (!last_view_ || !last_view_->are_still(tables_)) {
        last_view_ = {}; // first, so that the pages of tables that have changed are theirs alone again
        last_view_ = std::make_shared<detail::frozen_tables const>(tables_);
    }
    return {last_view_, now, failures};
}

BERTH_DECL auto world::forget_view() -> void {
    auto const lock = std::unique_lock(mutex_);
    last_view_ = {};
}

} // namespace berth::reconcile

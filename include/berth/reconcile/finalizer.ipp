#pragma once

/// \file
/// The bodies of `berth/reconcile/finalizer.hpp`.

#include <berth/core/config.hpp>
#include <berth/reconcile/finalizer.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace berth::reconcile {

BERTH_DECL auto has_finalizer(object::meta const& m, std::string_view name) -> bool {
    return std::find(m.finalizers.begin(), m.finalizers.end(), name) != m.finalizers.end();
}

BERTH_DECL auto add_finalizer(object::meta& m, std::string_view name) -> bool {
    if (has_finalizer(m, name)) return false;
    m.finalizers.emplace_back(name);
    return true;
}

BERTH_DECL auto remove_finalizer(object::meta& m, std::string_view name) -> bool {
    return std::erase(m.finalizers, name) != 0;
}

BERTH_DECL auto add_finalizer(plan& to, object::object_ref const& o, std::string_view name) -> plan& {
    auto after = object::draft(o.object);
    if (after.metadata().deleting() || !add_finalizer(after.metadata(), name)) return to;
    return to.update(o, std::move(after).finish());
}

BERTH_DECL auto remove_finalizer(plan& to, object::object_ref const& o, std::string_view name) -> plan& {
    auto after = object::draft(o.object);
    if (!remove_finalizer(after.metadata(), name)) return to;
    return to.update(o, std::move(after).finish());
}

} // namespace berth::reconcile

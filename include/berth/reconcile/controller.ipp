#pragma once

/// \file
/// The bodies of `berth/reconcile/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/reconcile/controller.hpp>

namespace berth::reconcile::detail {

BERTH_DECL auto add_once(std::vector<object::type_info const*>& to, object::type_info const& type) -> void {
    for (auto const* t : to)
        if (t == &type) return;
    to.push_back(&type);
}

} // namespace berth::reconcile::detail

#pragma once

/// \file
/// The bodies of `berth/reconcile/any_controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/reconcile/any_controller.hpp>

namespace berth::reconcile {

BERTH_DECL auto any_controller::keys_for(detail::heard_kind const& kind, snapshot const& world,
                                         object::any_object const& o) const -> std::vector<key> {
    return kind.keys_for == nullptr ? std::vector<key>() : kind.keys_for(held_.get(), world, o);
}

} // namespace berth::reconcile

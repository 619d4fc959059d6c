#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/defaults/container.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/defaults/container.hpp>

namespace berth::kube::detail {

BERTH_DECL auto round_amounts(resource_list& amounts) -> void {
    for (auto& [name, amount] : amounts) {
        auto const rounded = object::quantity::of_milli(amount.milli_value(), amount.format());
        auto const fits = amount.milli_value() != 0 || amount.is_zero();
        if (fits && rounded > amount && rounded - amount < object::quantity::of_milli(1)) amount = rounded;
    }
}

BERTH_DECL auto complete(container& c) -> void {
    set_pull_policy(c.image_pull_policy, c.image);
    round_amounts(c.resources.limits);
    round_amounts(c.resources.requests);
    if (c.security_context && c.security_context->proc_mount && c.security_context->proc_mount->empty())
        c.security_context->proc_mount = std::string("Default");
}

} // namespace berth::kube::detail

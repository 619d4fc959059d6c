#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/defaults/container.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/defaults/container.hpp>

#include <algorithm>

namespace berth::kube::detail {

/// An amount in whole thousandths, upwards, if it fits.
inline auto rounded(object::quantity const& amount) -> object::quantity {
    auto const out = object::quantity::of_milli(amount.milli_value(), amount.format());
    auto const fits = amount.milli_value() != 0 || amount.is_zero();
    return fits && out > amount && out - amount < object::quantity::of_milli(1) ? out : amount;
}

BERTH_DECL auto are_round(resource_list const& amounts) -> bool {
    return std::ranges::all_of(amounts, [](auto const& a) { return rounded(a.second) == a.second; });
}

BERTH_DECL auto round_amounts(resource_list& amounts) -> void {
    if (are_round(amounts)) return;
    for (auto& [name, amount] : amounts) amount = rounded(amount);
}

/// Whether a container says nothing of how it sees `/proc`, where it says something of its security.
inline auto lacks_proc_mount(container const& c) -> bool {
    return c.security_context && c.security_context->proc_mount && c.security_context->proc_mount->empty();
}

BERTH_DECL auto is_complete(container const& c) -> bool {
    return !c.image_pull_policy.empty() && are_round(c.resources.limits) && are_round(c.resources.requests) &&
           !lacks_proc_mount(c);
}

BERTH_DECL auto complete(container& c) -> void {
    set_pull_policy(c.image_pull_policy, c.image);
    round_amounts(c.resources.limits);
    round_amounts(c.resources.requests);
    if (lacks_proc_mount(c)) c.security_context->proc_mount = std::string("Default");
}

} // namespace berth::kube::detail

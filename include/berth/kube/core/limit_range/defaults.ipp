#pragma once

/// \file
/// The bodies of `berth/kube/core/limit_range/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/limit_range/defaults.hpp>
#include <berth/kube/core/pod/defaults/container.hpp>

namespace berth::kube::detail {

/// Amounts that are not there yet.
inline auto add_missing(resource_list& to, resource_list const& from) -> void {
    for (auto const& [name, amount] : from)
        if (!to.contains(name)) to[name] = amount;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto set_defaults(limit_range& l) -> void {
    for (auto& item : l.spec.limits) {
        for (auto* const amounts :
             {&item.max, &item.min, &item.default_, &item.default_request, &item.max_limit_request_ratio})
            detail::round_amounts(*amounts);
        if (item.type != "Container") continue;
        detail::add_missing(item.default_, item.max);
        detail::add_missing(item.default_request, item.default_);
        detail::add_missing(item.default_request, item.min);
    }
}

} // namespace berth::kube

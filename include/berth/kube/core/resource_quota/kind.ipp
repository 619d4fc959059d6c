#pragma once

/// \file
/// The bodies of `berth/kube/core/resource_quota/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/defaults/container.hpp>
#include <berth/kube/core/resource_quota/kind.hpp>

namespace berth::kube::detail {

/// `pods: 1/10, requests.cpu: 2/4`: limits, or everything else.
inline auto shown_usage(resource_quota const& q, bool limits) -> std::string {
    auto out = std::string();
    for (auto const& [name, most] : q.status.hard) {
        if (starts_with(name, "limits") != limits) continue;
        auto const* const used = q.status.used.find(name);
        out += out.empty() ? "" : ", ";
        (((out += name) += ": ") += used == nullptr ? "0" : used->to_string()) += "/" + most.to_string();
    }
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto resource_quota_kind() -> api::kind_of<resource_quota> {
    using quota = resource_quota;
    auto k = api::kind_of<quota>{};
    k.short_names = {"quota"};
    k.returns_deleted = true;
    k.set_defaults = [](quota& q) {
        for (auto* const amounts : {&q.spec.hard, &q.status.hard, &q.status.used})
            detail::round_amounts(*amounts);
    };
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.columns = {
        name_column<quota>(),
        column<quota>("Request",
                      [](quota const& q, time_point) -> api::cell { return detail::shown_usage(q, false); }),
        column<quota>("Limit",
                      [](quota const& q, time_point) -> api::cell { return detail::shown_usage(q, true); }),
        age_column<quota>()};
    return k;
}

} // namespace berth::kube

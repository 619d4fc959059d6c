#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/security/violations.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/security/baseline.hpp>
#include <berth/kube/core/pod/security/restricted.hpp>
#include <berth/kube/core/pod/security/violations.hpp>

namespace berth::kube {

BERTH_DECL auto security_violations(object::string_map const& annotations, pod_spec const& s,
                                    security_demand const& demand) -> std::vector<security_violation> {
    auto out = std::vector<security_violation>();
    auto const restricted = demand.level == security_level::restricted;
    if (demand.level == security_level::privileged) return out;
    detail::find_baseline_violations(
        annotations, s, demand.minor,
        restricted ? detail::baseline_part::without_stricter : detail::baseline_part::all, out);
    if (restricted) detail::find_restricted_violations(s, demand.minor, out);
    return out;
}

BERTH_DECL auto shown_violations(std::vector<security_violation> const& all) -> std::string {
    auto out = std::string();
    for (auto const& v : all) {
        (out += out.empty() ? "" : ", ") += v.reason;
        if (!v.detail.empty()) ((out += " (") += v.detail) += ')';
    }
    return out;
}

BERTH_DECL auto shown_reasons(std::vector<security_violation> const& all) -> std::string {
    auto out = std::string();
    for (auto const& v : all) (out += out.empty() ? "" : ", ") += v.reason;
    return out;
}

} // namespace berth::kube

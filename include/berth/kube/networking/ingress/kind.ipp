#pragma once

/// \file
/// The bodies of `berth/kube/networking/ingress/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/networking/ingress/kind.hpp>

#include <algorithm>

namespace berth::kube::detail {

/// The hosts of the first three rules, and how many more there are.
inline auto shown_hosts(object::list<ingress_rule> const& rules) -> std::string {
    constexpr std::size_t most = 3;
    auto hosts = std::vector<std::string>();
    auto more = false;
    for (auto const& r : rules) {
        more = more || hosts.size() == most;
        if (!more && !r.host.empty()) hosts.push_back(r.host);
    }
    if (hosts.empty()) return "*";
    return joined(hosts) + (more ? and_more(rules.size(), most) : "");
}

/// Where requests come in, each place once.
inline auto shown_addresses(ingress_load_balancer_status const& s) -> std::string {
    auto out = std::vector<std::string>();
    for (auto const& i : s.ingress)
        if (auto const& where = i.ip.empty() ? i.hostname : i.ip; !where.empty()) out.push_back(where);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return joined(out);
}

inline auto warnings_of_ingress(ingress const& i, ingress const* before) -> std::vector<std::string> {
    if (before != nullptr || !i.metadata.annotations.contains(ingress_class_annotation)) return {};
    return {"annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName' "
            "instead"};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto ingress_kind() -> api::kind_of<ingress> {
    auto k = api::kind_of<ingress>{};
    k.metadata.on_update = api::metadata_rules::again::all;
    k.short_names = {"ing"};
    k.generation = api::generation_rule::spec;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.warnings = &detail::warnings_of_ingress;
    k.columns = {name_column<ingress>(),
                 column<ingress>("Class",
                                 [](ingress const& i, time_point) -> api::cell {
                                     return i.spec.ingress_class_name ? *i.spec.ingress_class_name
                                                                      : std::string(none_shown);
                                 }),
                 column<ingress>("Hosts",
                                 [](ingress const& i, time_point) -> api::cell {
                                     return detail::shown_hosts(i.spec.rules);
                                 }),
                 column<ingress>("Address",
                                 [](ingress const& i, time_point) -> api::cell {
                                     return detail::shown_addresses(i.status.load_balancer);
                                 }),
                 column<ingress>("Ports",
                                 [](ingress const& i, time_point) -> api::cell {
                                     return std::string(i.spec.tls.empty() ? "80" : "80, 443");
                                 }),
                 age_column<ingress>()};
    return k;
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/core/component_status/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/coordination/lease/type.hpp>
#include <berth/kube/core/component_status/kind.hpp>

namespace berth::kube::detail {

inline auto status_of_component(std::string name, std::string problem) -> object::any_object {
    auto out = component_status{};
    out.metadata.name = std::move(name);
    auto& c = out.conditions.emplace_back();
    c.type = "Healthy";
    c.status = problem.empty() ? "True" : "False";
    c.message = problem.empty() ? "ok" : std::move(problem);
    return object::any_object(std::move(out));
}

/// Why a part that holds a lease is not well; empty: it is. Errors: those of the store.
inline auto problem_of_holder(std::string const& lease_name, api::action_context const& about)
    -> result<std::string> {
    auto const found = about.world.find_as<lease>({"kube-system", lease_name});
    if (!found && found.error().code != error_code::not_found) return std::unexpected(found.error());
    if (!found) return "nobody has taken the lease " + lease_name;
    auto const& s = (*found)->spec;
    auto const holds = s.holder_identity && !s.holder_identity->empty() && s.renew_time &&
                       about.now <= s.renew_time->time() + seconds(s.lease_duration_seconds.value_or(0));
    return holds ? std::string() : "nobody holds the lease " + lease_name;
}

inline auto present_components(api::action_context const& about) -> result<std::vector<object::any_object>> {
    auto out = std::vector<object::any_object>();
    for (auto const* const name : {"scheduler", "controller-manager"}) {
        auto problem = problem_of_holder("kube-" + std::string(name), about);
        if (!problem) return std::unexpected(std::move(problem).error());
        out.push_back(status_of_component(name, *std::move(problem)));
    }
    out.push_back(status_of_component("etcd-0", {}));
    return out;
}

/// The condition that the table shows; a null-like one if there is none.
inline auto shown_condition(component_status const& c) -> component_condition {
    for (auto const& one : c.conditions)
        if (one.type == "Healthy") return one;
    return {};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto component_status_kind() -> api::kind_of<component_status> {
    auto k = api::kind_of<component_status>{};
    k.short_names = {"cs"};
    k.verbs = {api::verb::get, api::verb::list};
    k.deprecation = "v1 ComponentStatus is deprecated in v1.19+";
    k.present = &detail::present_components;
    k.columns = {name_column<component_status>(),
                 column<component_status>("Status",
                                          [](component_status const& c, time_point) -> api::cell {
                                              auto const& status = detail::shown_condition(c).status;
                                              return std::string(status == "True"    ? "Healthy"
                                                                 : status == "False" ? "Unhealthy"
                                                                                     : "Unknown");
                                          }),
                 column<component_status>("Message",
                                          [](component_status const& c, time_point) -> api::cell {
                                              return detail::shown_condition(c).message;
                                          }),
                 column<component_status>("Error", [](component_status const& c, time_point) -> api::cell {
                     return detail::shown_condition(c).error;
                 })};
    return k;
}

} // namespace berth::kube

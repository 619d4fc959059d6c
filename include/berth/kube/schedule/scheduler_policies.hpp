#pragma once

/// \file
/// The profiles of a scheduler, side by side.

#include <berth/kube/schedule/profile.hpp>
#include <berth/kube/schedule/profile_names.hpp>
#include <berth/schedule/policies.hpp>
#include <berth/schedule/switched.hpp>

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::kube {

/// Profiles as policies of one queue: those that say nothing of the order go by priority. Where none is
/// given, the default profile.
template <class... P> auto policies_of_pods(P... profiles) {
    if constexpr (sizeof...(P) == 0) return policies_of_pods(default_profile);
    else return schedule::policies(ordered_by_priority(std::move(profiles))...);
}

/// The same of as many as there are at run time, which have an order.
template <class P> auto policies_of_pods(schedule::policy_list<P> profiles) -> schedule::policy_list<P> {
    return profiles;
}

/// The type of such policies; of the default profile if none is given.
template <class... P> using policies_or_default = decltype(policies_of_pods(std::declval<P>()...));

/// The names of profiles, in their order.
template <class... P> auto names_of(schedule::policies<P...> const& by) -> profile_names {
    auto out = std::vector<std::string>();
    for (std::size_t i = 0; i < sizeof...(P); ++i)
        out.push_back(by.with(i, [](auto const& p) { return std::string(p.name); }));
    return profile_names(std::move(out));
}

template <class P> auto names_of(schedule::policy_list<P> const& by) -> profile_names {
    auto out = std::vector<std::string>();
    for (auto const& p : by.all) out.emplace_back(p.name);
    return profile_names(std::move(out));
}

/// Whether a profile is among some policies that filters by VolumeBinding: then it is the scheduler who
/// gives volumes to claims.
template <class Policies> inline constexpr bool binds_claims = [] {
    using leaves = typename schedule::detail::policies_of<Policies>::universe::leaves;
    using leaf = std::remove_cvref_t<decltype(plugins::volume_binding)>;
    return leaves::template has<leaf> || leaves::template has<schedule::switched_filter<leaf>>;
}();

} // namespace berth::kube

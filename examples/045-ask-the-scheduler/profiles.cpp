/// \file
/// Profiles by the names that pods say.

#include "profiles.hpp"

#include <berth/kube/schedule/profile_names.hpp>

#include <utility>

namespace ask {

namespace {

auto wanted_by(kube::pod_info const& p) -> std::string {
    return std::string(kube::profile_names::wanted_by(*p.value));
}

} // namespace

profiles::profiles() : names_{"default-scheduler"}, all_(kube::configured_profiles({})) {}

auto profiles::load(scheduler_file const& from) -> berth::result<profiles> {
    auto out = profiles();
    if (from.config.empty()) return out;
    auto said = from.load();
    if (!said) return std::unexpected(std::move(said).error());
    out.file_ = from.config;
    out.names_.clear();
    for (auto const& p : said->profiles) out.names_.push_back(p.name);
    out.all_ = kube::configured_profiles(std::move(said->profiles));
    return out;
}

auto profiles::of(kube::pod_info const& p) const -> berth::result<profile const*> {
    if (file_.empty()) return &all_.all.front();
    if (auto const lane = kube::profile_names(names_).lane_of(*p.value)) return &all_.all[*lane];
    auto known = std::string();
    for (auto const& name : names_) known += (known.empty() ? "" : ", ") + name;
    return berth::fail(berth::error_code::not_found,
                       file_ + " has no profile " + wanted_by(p) +
                           ", which the pod asks for (schedulerName); it has: " + known);
}

auto profiles::lane_of(kube::pod_info const& p) const -> std::size_t {
    return kube::profile_names(names_).lane_of(*p.value).value_or(0);
}

auto profiles::told(profile const& p) const -> std::string {
    if (file_.empty()) return "the default profile";
    return "profile " + std::string(p.name) + " of " + file_;
}

auto profiles::doubt_about(kube::pod_info const& p) const -> std::string {
    if (kube::profile_names(names_).lane_of(*p.value)) return {};
    return "it asks for the scheduler " + wanted_by(p) +
           (file_.empty() ? ", whose profiles --config FILE would say"
                          : ", of which " + file_ + " says nothing");
}

} // namespace ask

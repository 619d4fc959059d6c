#pragma once

/// \file
/// A scheduler's profiles and limits as `KubeSchedulerConfiguration` of `kubescheduler.config.k8s.io/v1` says
/// them. Files, which are YAML, are read by `configuration_file.hpp`.
///
/// Profiles, their plugins and weights, and the arguments of the stock plugins mean what they mean to
/// kube-scheduler 1.36. What differs:
/// * all nodes are looked at, whatever `percentageOfNodesToScore` says;
/// * filters are asked in the order of the default profile, whatever that of the file is;
/// * a plugin's `preFilter` and `filter`, and `preScore` and `score`, are one: they are on together or not at
/// all;
/// * where VolumeBinding is off, the claims of a pod are given volumes all the same once it has a node;
/// * plugins that are neither in kube-scheduler 1.36 nor in a shared library that the program has loaded
///   (`plugin_libraries.hpp`), and extenders, are errors.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/schedule/profile_settings.hpp>
#include <berth/kube/schedule/scheduler_options.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

class plugin_libraries;

/// What a file says.
struct scheduler_configuration {
    std::vector<profile_settings> profiles = {{}};
    duration first_back_off = seconds(1);
    duration most_back_off = seconds(10); ///< zero: nobody backs off
    duration volume_binding_limit = minutes(10);
    /// What the file says that does not count here, a sentence each.
    std::vector<std::string> notes = {};

    /// Takes over the limits, and what the plugins look at.
    auto limit(scheduler_options& options) const -> void {
        options.wait.first = first_back_off;
        options.wait.most = most_back_off;
        options.volume_binding_limit = volume_binding_limit;
        auto const is_kubernetes_own = [](profile_settings const& p) { return !p.from_libraries; };
        options.indexes_matter = !std::all_of(profiles.begin(), profiles.end(), is_kubernetes_own);
    }
};

/// What stands before a complaint about a field, such as the line of the file:
/// `where("profiles[0].plugins")`.
using configuration_location = std::function<std::string(std::string const& path)>;

/// Reads a configuration that is JSON, whose profiles may name plugins of some libraries. Errors: `invalid`,
/// with a line for each thing that is wrong: where, the field, and what was expected.
[[nodiscard]] BERTH_DECL auto read_scheduler_configuration(std::string_view json,
                                                           configuration_location const& where,
                                                           plugin_libraries const* libraries = nullptr)
    -> result<scheduler_configuration>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/configuration.ipp>
#endif

#pragma once

/// \file
/// The story that the control plane tells of itself.

#include "plane.hpp"

#include <csignal>
#include <string>

namespace plane {

/// Applies all YAML files of a folder, in the order of their names: creates what is not there, replaces what
/// is. Errors name the file.
auto apply_folder(api_server& api, std::string const& folder) -> berth::result<void>;

/// Applies the manifests (an empty folder name: the story's own), scales, rolls out a change, kills a worker,
/// and prints what happened, when, and why every pod is where it is. Answers the exit status: 0 only if every
/// step was seen to happen. Ends early when one of the signals comes.
auto tell_story(plane_options options, berth::api::shared_registry kinds, opened_store store,
                std::string const& folder, sigset_t const& ending) -> int;

} // namespace plane

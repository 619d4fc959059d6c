#pragma once

/// \file
/// By which profiles questions are answered: those of a scheduler's configuration, or the default one.

#include "../scheduler_file.hpp"

#include <berth/kube/schedule/configured_profile.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace ask {

namespace kube = berth::kube;

using profile = kube::configured_profile_type;

/// The profiles that there are.
class profiles {
public:
    /// The default profile, whatever pods say.
    profiles();
    /// Those of a file, as a scheduler takes it, or the default one if none is given. Errors: what is wrong
    /// with the file or with a library.
    static auto load(scheduler_file const& from) -> berth::result<profiles>;

    /// The profile of a pod. Errors: the file has none of the name that the pod says.
    [[nodiscard]] auto of(kube::pod_info const& p) const -> berth::result<profile const*>;
    /// The place of a pod's profile; that of the first where there is none for it.
    [[nodiscard]] auto lane_of(kube::pod_info const& p) const -> std::size_t;
    [[nodiscard]] auto all() const -> berth::schedule::policy_list<profile> const& { return all_; }

    /// Which one decides, for people: "the default profile", "profile batch of scheduler.yaml".
    [[nodiscard]] auto told(profile const& p) const -> std::string;
    /// How a pod is decided that asks for another profile than there is; empty: it does not.
    [[nodiscard]] auto doubt_about(kube::pod_info const& p) const -> std::string;

private:
    std::string file_;
    std::vector<std::string> names_;
    berth::schedule::policy_list<profile> all_;
};

} // namespace ask

#pragma once

/// \file
/// Which of a scheduler's profiles is for a pod.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace berth::kube {

/// The names of profiles, in their order.
class profile_names {
public:
    explicit profile_names(std::vector<std::string> names) : names_(std::move(names)) {}

    /// The profile that a pod asks for in its `schedulerName`: `default-scheduler` if it says none.
    [[nodiscard]] static auto wanted_by(pod const& p) -> std::string_view;
    /// The place of the profile that a pod asks for. Nothing if there is no such profile.
    [[nodiscard]] auto lane_of(pod const& p) const -> std::optional<std::size_t>;
    /// That of the first profile.
    [[nodiscard]] auto front() const -> std::string const& { return names_.front(); }

private:
    std::vector<std::string> names_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/profile_names.ipp>
#endif

#pragma once

/// \file
/// What containers are when their manifests do not say (Kubernetes 1.36, `pkg/apis/core/v1/defaults.go`), as
/// far as their descriptions do not tell it.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/container.hpp>
#include <berth/kube/core/pod/defaults/image.hpp>

namespace berth::kube {

namespace detail {

inline auto set_default(std::string& member, std::string_view value) -> void {
    if (member.empty()) member = value;
}

/// Images that may change under their name are pulled always.
inline auto set_pull_policy(std::string& policy, std::string_view image) -> void {
    set_default(policy, image_tag(image) == "latest" ? "Always" : "IfNotPresent");
}

/// Amounts are kept to the thousandth, rounded up.
BERTH_DECL auto round_amounts(resource_list& amounts) -> void;
/// Whether `round_amounts` would leave amounts as they are.
[[nodiscard]] BERTH_DECL auto are_round(resource_list const& amounts) -> bool;

/// What any container is that depends on more than the member itself.
BERTH_DECL auto complete(container& c) -> void;
/// Whether `complete` would leave a container as it is; so no list is parted from others for nothing.
[[nodiscard]] BERTH_DECL auto is_complete(container const& c) -> bool;

} // namespace detail

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/defaults/container.ipp>
#endif

#pragma once

/// \file
/// Checks of containers (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/spec.hpp>
#include <berth/kube/core/pod/validation/environment.hpp>
#include <berth/kube/core/pod/validation/mounts.hpp>
#include <berth/kube/core/pod/validation/probes.hpp>
#include <berth/kube/core/pod/validation/volumes.hpp>

#include <string>
#include <string_view>

namespace berth::kube::detail {

/// What the checks of a container must know of its pod.
struct container_surroundings {
    pod_spec const& pod;
    volume_list volumes;             ///< those that can be mounted
    std::vector<std::string> claims; ///< the sorted names of the pod's claims
    bool in_pod = true;              ///< and not in a template

    [[nodiscard]] auto host_users() const -> bool { return pod.host_users.value_or(true); }
    [[nodiscard]] auto os() const -> std::string_view;
};

/// Padding around an image's name is tolerated in templates only.
inline auto validate_image_padding(std::string_view image, field_path const& at, field_errors& errors)
    -> void {
    if (is_padded(image))
        errors.invalid(at.child("image"), image, "must not have leading or trailing whitespace");
}

BERTH_DECL auto validate_containers(container_surroundings const& in, field_path const& at,
                                    field_errors& errors) -> void;

BERTH_DECL auto validate_init_containers(container_surroundings const& in, field_path const& at,
                                         field_errors& errors) -> void;

BERTH_DECL auto validate_ephemeral_containers(container_surroundings const& in, field_path const& at,
                                              field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/containers.ipp>
#endif

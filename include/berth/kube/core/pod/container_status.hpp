#pragma once

/// \file
/// What became of a container (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/pod/probe.hpp>
#include <berth/kube/core/resources.hpp>

namespace berth::kube {

/// Why a container does not run yet.
struct container_state_waiting {
    std::string reason;
    std::string message;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(container_state_waiting, "io.k8s.api.core.v1.ContainerStateWaiting", (reason, .number = 1),
                   (message, .number = 2))
};

/// Since when a container runs.
struct container_state_running {
    object::timestamp started_at;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(container_state_running, "io.k8s.api.core.v1.ContainerStateRunning",
                   (started_at, .always = true, .number = 1))
};

/// How and when a container ended.
struct container_state_terminated {
    std::int32_t exit_code = 0;
    std::int32_t signal = 0;
    std::string reason;
    std::string message;
    object::timestamp started_at;
    object::timestamp finished_at;
    std::string container_id;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(container_state_terminated, "io.k8s.api.core.v1.ContainerStateTerminated",
                   (exit_code, .required = true, .always = true, .number = 1), (signal, .number = 2),
                   (reason, .number = 3), (message, .number = 4), (started_at, .always = true, .number = 5),
                   (finished_at, .always = true, .number = 6),
                   (container_id, .json = "containerID", .number = 7))
};

/// What a container does; one member is set, or none: it waits.
struct container_state {
    object::boxed<container_state_waiting> waiting;
    object::boxed<container_state_running> running;
    object::boxed<container_state_terminated> terminated;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(container_state, "io.k8s.api.core.v1.ContainerState", (waiting, .number = 1),
                   (running, .number = 2), (terminated, .number = 3))
};

/// The image of a volume.
struct image_volume_status {
    std::string image_ref;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(image_volume_status, "io.k8s.api.core.v1.ImageVolumeStatus",
                   (image_ref, .required = true, .always = true, .number = 1))
};

/// What is known of a mounted volume.
struct volume_status {
    object::boxed<image_volume_status> image;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(volume_status, "io.k8s.api.core.v1.VolumeStatus", (image, .number = 1))
};

/// How a volume is mounted.
struct volume_mount_status {
    std::string name;
    std::string mount_path;
    bool read_only = false;
    object::boxed<std::string> recursive_read_only;
    object::boxed<kube::volume_status> volume_status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(volume_mount_status, "io.k8s.api.core.v1.VolumeMountStatus",
                   (name, .required = true, .always = true, .number = 1),
                   (mount_path, .required = true, .always = true, .number = 2), (read_only, .number = 3),
                   (recursive_read_only, .quiet = true, .values = "Disabled,Enabled,IfPossible", .number = 4),
                   (volume_status, .number = 5))
};

/// Whom a container runs as.
struct linux_container_user {
    std::int64_t uid = 0;
    std::int64_t gid = 0;
    std::vector<std::int64_t> supplemental_groups;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(linux_container_user, "io.k8s.api.core.v1.LinuxContainerUser",
                   (uid, .required = true, .always = true, .minimum = 0, .maximum = highest_id, .number = 1),
                   (gid, .required = true, .always = true, .minimum = 0, .maximum = highest_id, .number = 2),
                   (supplemental_groups, .topology = object::merge_topology::atomic, .minimum = 0,
                    .maximum = highest_id, .number = 3))
};

/// Whom a container runs as.
struct container_user {
    object::boxed<linux_container_user> linux_; ///< `linux` is a macro where GNU extensions are on
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(container_user, "io.k8s.api.core.v1.ContainerUser", (linux_, .number = 1))
};

/// The health of one device.
struct resource_health {
    std::string resource_id;
    std::string health;
    object::boxed<std::string> message;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(resource_health, "io.k8s.api.core.v1.ResourceHealth",
                   (resource_id, .json = "resourceID", .required = true, .always = true, .number = 1),
                   (health, .number = 2), (message, .number = 3))
};

/// The health of the devices of a resource.
struct resource_status {
    std::string name;
    object::list<resource_health> resources;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(resource_status, "io.k8s.api.core.v1.ResourceStatus",
                   (name, .required = true, .always = true, .number = 1),
                   (resources, .topology = object::merge_topology::map, .list_keys = "resourceID",
                    .number = 2))
};

/// What became of a container.
struct container_status {
    std::string name;
    container_state state;
    container_state last_state;
    bool ready = false;
    std::int32_t restart_count = 0;
    std::string image;
    object::rare_text image_id;
    std::string container_id;
    std::optional<bool> started;
    resource_list allocated_resources;
    object::boxed<resource_requirements> resources;
    object::list<volume_mount_status> volume_mounts;
    object::boxed<container_user> user;
    object::list<resource_status> allocated_resources_status;
    object::boxed<std::string> stop_signal;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(container_status, "io.k8s.api.core.v1.ContainerStatus",
                   (name, .required = true, .always = true, .number = 1),
                   (state, .always = true, .number = 2), (last_state, .always = true, .number = 3),
                   (ready, .required = true, .always = true, .number = 4),
                   (restart_count, .required = true, .always = true, .number = 5),
                   (image, .required = true, .always = true, .number = 6),
                   (image_id, .json = "imageID", .required = true, .always = true, .number = 7),
                   (container_id, .json = "containerID", .number = 8), (started, .number = 9),
                   (allocated_resources, .number = 10), (resources, .number = 11),
                   (volume_mounts, .merge_key = "mountPath", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "mountPath", .number = 12),
                   (user, .number = 13),
                   (allocated_resources_status, .merge_key = "name", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "name", .number = 14),
                   (stop_signal, .values = signal_names, .number = 15))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/container_status.ipp>
#endif

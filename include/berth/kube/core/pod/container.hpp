#pragma once

/// \file
/// Containers of pods (core/v1 of Kubernetes 1.36). A number like 1002 means member 2 of the embedded
/// protobuf message 1.

#include <berth/kube/core/pod/environment.hpp>
#include <berth/kube/core/pod/probe.hpp>
#include <berth/kube/core/pod/security_context.hpp>
#include <berth/kube/core/resources.hpp>

namespace berth::kube {

/// A network port of a container.
struct container_port {
    std::string name;
    std::int32_t host_port = 0;
    std::int32_t port = 0;
    std::string protocol;
    std::string host_ip;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(container_port, "io.k8s.api.core.v1.ContainerPort", (name, .number = 1),
                   (host_port, .minimum = 1, .maximum = highest_port, .number = 2),
                   (port, .json = "containerPort", .required = true, .always = true, .minimum = 1,
                    .maximum = highest_port, .number = 3),
                   (protocol, .values = "SCTP,TCP,UDP", .fallback = "\"TCP\"", .number = 4),
                   (host_ip, .json = "hostIP", .number = 5))
};

/// Where a volume of the pod appears in a container.
struct volume_mount {
    std::string name;
    bool read_only = false;
    object::boxed<std::string> recursive_read_only;
    std::string mount_path;
    std::string sub_path;
    object::boxed<std::string> mount_propagation;
    std::string sub_path_expr;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(volume_mount, "io.k8s.api.core.v1.VolumeMount",
                   (name, .required = true, .always = true, .number = 1), (read_only, .number = 2),
                   (recursive_read_only, .quiet = true, .values = "Disabled,Enabled,IfPossible", .number = 7),
                   (mount_path, .required = true, .always = true, .number = 3), (sub_path, .number = 4),
                   (mount_propagation, .values = "Bidirectional,HostToContainer,None", .number = 5),
                   (sub_path_expr, .number = 6))
};

/// Where a volume of the pod appears in a container as a raw device.
struct volume_device {
    std::string name;
    std::string device_path;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(volume_device, "io.k8s.api.core.v1.VolumeDevice",
                   (name, .required = true, .always = true, .number = 1),
                   (device_path, .required = true, .always = true, .number = 2))
};

/// Whether a container restarts when a resource of it is resized.
struct container_resize_policy {
    std::string resource_name;
    std::string restart_policy;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(container_resize_policy, "io.k8s.api.core.v1.ContainerResizePolicy",
                   (resource_name, .required = true, .always = true, .quiet = true, .values = "cpu,memory",
                    .number = 1),
                   (restart_policy, .required = true, .always = true, .quiet = true,
                    .values = "NotRequired,RestartContainer", .number = 2))
};

/// The exit codes that a rule is about.
struct container_restart_rule_on_exit_codes {
    std::string operator_;
    std::vector<std::int32_t> values;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(container_restart_rule_on_exit_codes, "io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes",
                   (operator_, .required = true, .quiet = true, .values = "In,NotIn", .number = 1),
                   (values, .topology = object::merge_topology::set, .max_size = 255, .number = 2))
};

/// What is done when a container ends in some way.
struct container_restart_rule {
    std::string action;
    object::boxed<container_restart_rule_on_exit_codes> exit_codes;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(container_restart_rule, "io.k8s.api.core.v1.ContainerRestartRule",
                   (action, .required = true, .quiet = true, .values = "Restart", .number = 1),
                   (exit_codes, .number = 2))
};

/// A container of a pod.
struct container {
    std::string name;
    std::string image;
    std::vector<std::string> command;
    std::vector<std::string> args;
    object::rare_text working_dir;
    object::list<container_port> ports;
    object::list<env_from_source> env_from;
    object::list<env_var> env;
    resource_requirements resources;
    object::list<container_resize_policy> resize_policy;
    object::boxed<std::string> restart_policy;
    object::list<container_restart_rule> restart_policy_rules;
    object::list<volume_mount> volume_mounts;
    object::list<volume_device> volume_devices;
    object::boxed<probe> liveness_probe;
    object::boxed<probe> readiness_probe;
    object::boxed<probe> startup_probe;
    object::boxed<kube::lifecycle> lifecycle;
    object::rare_text termination_message_path;
    object::rare_text termination_message_policy;
    std::string image_pull_policy;
    object::boxed<kube::security_context> security_context;
    bool stdin = false;
    bool stdin_once = false;
    bool tty = false;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(
        container, "io.k8s.api.core.v1.Container", (name, .required = true, .always = true, .number = 1),
        (image, .number = 2), (command, .topology = object::merge_topology::atomic, .number = 3),
        (args, .topology = object::merge_topology::atomic, .number = 4), (working_dir, .number = 5),
        (ports, .merge_key = "containerPort", .patch = object::patch_strategy::merge,
         .topology = object::merge_topology::map, .list_keys = "containerPort,protocol", .number = 6),
        (env_from, .topology = object::merge_topology::atomic, .number = 19),
        (env, .merge_key = "name", .patch = object::patch_strategy::merge,
         .topology = object::merge_topology::map, .list_keys = "name", .number = 7),
        (resources, .always = true, .number = 8),
        (resize_policy, .topology = object::merge_topology::atomic, .number = 23),
        (restart_policy, .quiet = true, .values = "Always,Never,OnFailure", .number = 24),
        (restart_policy_rules, .topology = object::merge_topology::atomic, .max_size = 20, .number = 25),
        (volume_mounts, .merge_key = "mountPath", .patch = object::patch_strategy::merge,
         .topology = object::merge_topology::map, .list_keys = "mountPath", .number = 9),
        (volume_devices, .merge_key = "devicePath", .patch = object::patch_strategy::merge,
         .topology = object::merge_topology::map, .list_keys = "devicePath", .number = 21),
        (liveness_probe, .number = 10), (readiness_probe, .number = 11), (startup_probe, .number = 22),
        (lifecycle, .number = 12),
        (termination_message_path, .fallback = "\"/dev/termination-log\"", .number = 13),
        (termination_message_policy, .values = "File,FallbackToLogsOnError", .fallback = "\"File\"",
         .number = 20),
        (image_pull_policy, .values = "Always,IfNotPresent,Never", .number = 14),
        (security_context, .number = 15), (stdin, .number = 16), (stdin_once, .number = 17),
        (tty, .number = 18))
};

/// A container that is added to a running pod, to look into it: what any container is, and whose processes it
/// sees.
struct ephemeral_container {
    container common;
    std::string target_container_name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ephemeral_container, "io.k8s.api.core.v1.EphemeralContainer",
                   (common, .inlined = true, .number = 1), (target_container_name, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/container.ipp>
#endif

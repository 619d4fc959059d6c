#pragma once

/// \file
/// What containers may do and as whom they run (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/bounds.hpp>
#include <berth/object/meta.hpp>

namespace berth::kube {

/// Labels for SELinux.
struct se_linux_options {
    std::string user;
    std::string role;
    std::string type;
    std::string level;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(se_linux_options, "io.k8s.api.core.v1.SELinuxOptions", (user, .number = 1),
                   (role, .number = 2), (type, .number = 3), (level, .number = 4))
};

/// Whom a Windows container runs as.
struct windows_security_context_options {
    object::boxed<std::string> gmsa_credential_spec_name;
    object::boxed<std::string> gmsa_credential_spec;
    object::boxed<std::string> run_as_user_name;
    std::optional<bool> host_process;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(windows_security_context_options, "io.k8s.api.core.v1.WindowsSecurityContextOptions",
                   (gmsa_credential_spec_name, .number = 1), (gmsa_credential_spec, .number = 2),
                   (run_as_user_name, .number = 3), (host_process, .number = 4))
};

/// A filter of system calls.
struct seccomp_profile {
    std::string type;
    object::boxed<std::string> localhost_profile;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(seccomp_profile, "io.k8s.api.core.v1.SeccompProfile",
                   (type, .required = true, .always = true, .values = "Localhost,RuntimeDefault,Unconfined",
                    .number = 1),
                   (localhost_profile, .number = 2))
};

/// An AppArmor profile.
struct app_armor_profile {
    std::string type;
    object::boxed<std::string> localhost_profile;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(app_armor_profile, "io.k8s.api.core.v1.AppArmorProfile",
                   (type, .required = true, .always = true, .values = "Localhost,RuntimeDefault,Unconfined",
                    .number = 1),
                   (localhost_profile, .number = 2))
};

/// Capabilities that are added to or taken from a container.
struct capabilities {
    std::vector<std::string> add;
    std::vector<std::string> drop;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(capabilities, "io.k8s.api.core.v1.Capabilities",
                   (add, .topology = object::merge_topology::atomic, .number = 1),
                   (drop, .topology = object::merge_topology::atomic, .number = 2))
};

/// A kernel parameter of the pod.
struct sysctl {
    std::string name;
    std::string value;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(sysctl, "io.k8s.api.core.v1.Sysctl", (name, .required = true, .always = true, .number = 1),
                   (value, .required = true, .always = true, .number = 2))
};

/// What a container may do and as whom it runs; overrides the pod's.
struct security_context {
    object::boxed<kube::capabilities> capabilities;
    std::optional<bool> privileged;
    object::boxed<kube::se_linux_options> se_linux_options;
    object::boxed<windows_security_context_options> windows_options;
    std::optional<std::int64_t> run_as_user;
    std::optional<std::int64_t> run_as_group;
    std::optional<bool> run_as_non_root;
    std::optional<bool> read_only_root_filesystem;
    std::optional<bool> allow_privilege_escalation;
    object::boxed<std::string> proc_mount;
    object::boxed<kube::seccomp_profile> seccomp_profile;
    object::boxed<kube::app_armor_profile> app_armor_profile;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(security_context, "io.k8s.api.core.v1.SecurityContext", (capabilities, .number = 1),
                   (privileged, .number = 2), (se_linux_options, .number = 3),
                   (windows_options, .number = 10),
                   (run_as_user, .minimum = 0, .maximum = highest_id, .number = 4),
                   (run_as_group, .minimum = 0, .maximum = highest_id, .number = 8),
                   (run_as_non_root, .number = 5), (read_only_root_filesystem, .number = 6),
                   (allow_privilege_escalation, .number = 7),
                   (proc_mount, .values = "Default,Unmasked", .number = 9), (seccomp_profile, .number = 11),
                   (app_armor_profile, .number = 12))
};

/// What all containers of a pod may do and as whom they run.
struct pod_security_context {
    object::boxed<kube::se_linux_options> se_linux_options;
    object::boxed<windows_security_context_options> windows_options;
    std::optional<std::int64_t> run_as_user;
    std::optional<std::int64_t> run_as_group;
    std::optional<bool> run_as_non_root;
    std::vector<std::int64_t> supplemental_groups;
    object::boxed<std::string> supplemental_groups_policy;
    std::optional<std::int64_t> fs_group;
    object::list<sysctl> sysctls;
    object::boxed<std::string> fs_group_change_policy;
    object::boxed<kube::seccomp_profile> seccomp_profile;
    object::boxed<kube::app_armor_profile> app_armor_profile;
    object::boxed<std::string> se_linux_change_policy;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_security_context, "io.k8s.api.core.v1.PodSecurityContext",
                   (se_linux_options, .number = 1), (windows_options, .number = 8),
                   (run_as_user, .minimum = 0, .maximum = highest_id, .number = 2),
                   (run_as_group, .minimum = 0, .maximum = highest_id, .number = 6),
                   (run_as_non_root, .number = 3),
                   (supplemental_groups, .topology = object::merge_topology::atomic, .minimum = 0,
                    .maximum = highest_id, .number = 4),
                   (supplemental_groups_policy, .values = "Merge,Strict", .number = 12),
                   (fs_group, .minimum = 0, .maximum = highest_id, .number = 5),
                   (sysctls, .topology = object::merge_topology::atomic, .number = 7),
                   (fs_group_change_policy, .values = "Always,OnRootMismatch", .number = 9),
                   (seccomp_profile, .number = 10), (app_armor_profile, .number = 11),
                   (se_linux_change_policy, .quiet = true, .values = "MountOption,Recursive", .number = 13))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/security_context.ipp>
#endif

#pragma once

/// \file
/// Who is given a role, and which (rbac.authorization.k8s.io/v1 of Kubernetes 1.36).

#include <berth/core/config.hpp>
#include <berth/object/meta.hpp>

namespace berth::kube {

inline constexpr std::string_view rbac_group = "rbac.authorization.k8s.io";

/// A user, a group or a service account.
struct subject {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    std::string kind;
    std::string api_group;
    std::string name;
    std::string namespace_;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(subject, "io.k8s.api.rbac.v1.Subject",
                   (kind, .required = true, .always = true, .quiet = true,
                    .values = "ServiceAccount,User,Group", .number = 1),
                   (api_group, .number = 2), (name, .required = true, .always = true, .number = 3),
                   (namespace_, .number = 4))
};

/// A role.
struct role_ref {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    std::string api_group;
    std::string kind;
    std::string name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(role_ref, "io.k8s.api.rbac.v1.RoleRef", (api_group, .always = true, .number = 1),
                   (kind, .required = true, .always = true, .number = 2),
                   (name, .required = true, .always = true, .number = 3))
};

/// Fills in the group of users, groups and roles.
BERTH_DECL auto set_binding_defaults(object::list<subject>& subjects, role_ref& role) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/rbac/subject.ipp>
#endif

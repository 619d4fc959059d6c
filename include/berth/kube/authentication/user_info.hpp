#pragma once

/// \file
/// Who somebody is, as reviews tell it (authentication.k8s.io/v1 of Kubernetes 1.36).

#include <berth/api/identity.hpp>
#include <berth/core/config.hpp>
#include <berth/object/meta.hpp>

namespace berth::kube {

/// A user, as those see them who are asked.
struct user_info {
    std::string username;
    std::string uid;
    std::vector<std::string> groups;
    object::dictionary<std::vector<std::string>> extra;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(user_info, "io.k8s.api.authentication.v1.UserInfo", (username, .number = 1),
                   (uid, .number = 2), (groups, .topology = object::merge_topology::atomic, .number = 3),
                   (extra, .number = 4))
};

[[nodiscard]] BERTH_DECL auto told_user(api::identity const& who) -> user_info;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authentication/user_info.ipp>
#endif

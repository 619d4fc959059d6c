#pragma once

/// \file
/// The bodies of `berth/kube/authentication/user_info.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/authentication/user_info.hpp>

namespace berth::kube {

BERTH_TABLE(user_info);

BERTH_DECL auto told_user(api::identity const& who) -> user_info {
    auto out = user_info{};
    out.username = who.user;
    out.uid = who.uid;
    out.groups = who.groups;
    for (auto const& [key, values] : who.extra) out.extra[key] = values;
    return out;
}

} // namespace berth::kube

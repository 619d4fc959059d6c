#pragma once

/// \file
/// The bodies of `berth/api/identity.hpp`.

#include <berth/api/identity.hpp>
#include <berth/core/config.hpp>

namespace berth::api {

BERTH_DECL auto system_identity(std::string_view component) -> identity {
    return {.user = "system:" + std::string(component),
            .groups = {std::string(authenticated_group)},
            .field_manager = std::string(component)};
}

BERTH_DECL auto server_identity() -> identity {
    return {.user = "system:apiserver",
            .groups = {std::string(masters_group), std::string(authenticated_group)},
            .field_manager = "kube-apiserver"};
}

BERTH_DECL auto node_identity(std::string_view node) -> identity {
    return {.user = "system:node:" + std::string(node),
            .groups = {std::string(nodes_group), std::string(authenticated_group)},
            .field_manager = "kubelet"};
}

BERTH_DECL auto service_account_identity(std::string_view namespace_, std::string_view name) -> identity {
    auto const in_namespace = "system:serviceaccounts:" + std::string(namespace_);
    return {.user = "system:serviceaccount:" + std::string(namespace_) + ":" + std::string(name),
            .groups = {"system:serviceaccounts", in_namespace, std::string(authenticated_group)},
            .field_manager = std::string(name)};
}

BERTH_DECL auto manager_of_user_agent(std::string_view agent) -> std::string {
    constexpr std::size_t longest = 128;
    auto out = std::string();
    for (auto const c : agent.substr(0, agent.find('/')))
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f && out.size() < longest) out += c;
    return out;
}

} // namespace berth::api

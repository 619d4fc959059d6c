#pragma once

/// \file
/// Who asks: what every request carries, whether or not anybody looks at it (apiserver 1.36,
/// `authentication/user`, `serviceaccount`).

#include <berth/core/time.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::api {

/// Somebody who asks an API, and how requests are meant that do not say it themselves.
struct identity {
    std::string user = "system:anonymous";
    std::string uid{};
    std::vector<std::string> groups{};
    std::vector<std::pair<std::string, std::vector<std::string>>> extra{};
    std::string field_manager{}; ///< of writes that name none
    duration deadline{}; ///< how long a request may go on trying; 0: as long as somebody makes progress

    friend auto operator==(identity const&, identity const&) -> bool = default;
};

inline constexpr std::string_view authenticated_group = "system:authenticated";
inline constexpr std::string_view unauthenticated_group = "system:unauthenticated";
inline constexpr std::string_view masters_group = "system:masters";
inline constexpr std::string_view nodes_group = "system:nodes";

/// A part of the control plane, e.g. `kube-scheduler`: the user `system:kube-scheduler`.
[[nodiscard]] inline auto system_identity(std::string_view part) -> identity {
    return {.user = "system:" + std::string(part),
            .groups = {std::string(authenticated_group)},
            .field_manager = std::string(part)};
}

/// The API server itself, for what it does on its own account.
[[nodiscard]] inline auto server_identity() -> identity {
    return {.user = "system:apiserver",
            .groups = {std::string(masters_group), std::string(authenticated_group)},
            .field_manager = "kube-apiserver"};
}

/// The agent of a node.
[[nodiscard]] inline auto node_identity(std::string_view node) -> identity {
    return {.user = "system:node:" + std::string(node),
            .groups = {std::string(nodes_group), std::string(authenticated_group)},
            .field_manager = "kubelet"};
}

/// A service account, e.g. one of the controllers in `kube-system`.
[[nodiscard]] inline auto service_account_identity(std::string_view namespace_, std::string_view name)
    -> identity {
    auto const in_namespace = "system:serviceaccounts:" + std::string(namespace_);
    return {.user = "system:serviceaccount:" + std::string(namespace_) + ":" + std::string(name),
            .groups = {"system:serviceaccounts", in_namespace, std::string(authenticated_group)},
            .field_manager = std::string(name)};
}

/// The field manager that a `User-Agent` stands for: what is before its first slash, its control characters
/// left out, and no more than 128 bytes (apiserver 1.36, `managerOrUserAgent`).
[[nodiscard]] inline auto manager_of_user_agent(std::string_view agent) -> std::string {
    constexpr std::size_t longest = 128;
    auto out = std::string();
    for (auto const c : agent.substr(0, agent.find('/')))
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f && out.size() < longest) out += c;
    return out;
}

/// Somebody whom nobody knows, and the program that speaks for them.
[[nodiscard]] inline auto anonymous_identity(std::string_view user_agent = {}) -> identity {
    return {.groups = {std::string(unauthenticated_group)},
            .field_manager = manager_of_user_agent(user_agent)};
}

} // namespace berth::api

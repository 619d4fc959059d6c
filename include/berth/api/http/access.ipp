#pragma once

/// \file
/// The bodies of `berth/api/http/access.hpp`.

#include <berth/api/field_write.hpp>
#include <berth/api/http/access.hpp>
#include <berth/api/http/query.hpp>
#include <berth/core/config.hpp>

namespace berth::api::http {

BERTH_DECL auto read_bearer(std::string_view authorization) -> bearer_header {
    constexpr auto scheme = std::string_view("bearer ");
    auto rest = detail::trim(authorization);
    if (rest.size() < scheme.size()) return {};
    for (std::size_t i = 0; i < scheme.size(); ++i)
        if ((rest[i] | 0x20) != scheme[i]) return {};
    rest.remove_prefix(scheme.size());
    auto const token = rest.substr(0, rest.find(' '));
    return {token, token.empty()};
}

BERTH_DECL auto known_agents::find(std::string_view user_agent) -> std::shared_ptr<identity const> {
    auto const name = std::string(user_agent.substr(0, user_agent.find('/')));
    auto const lock = std::scoped_lock(mutex_);
    if (auto const known = agents_.find(name); known != agents_.end()) return known->second;
    if (agents_.size() >= most) agents_.clear();
    auto who = anonymous_identity(user_agent);
    if (who.field_manager.empty()) who.field_manager = unknown_manager;
    return agents_.emplace(name, std::make_shared<identity const>(std::move(who))).first->second;
}

} // namespace berth::api::http

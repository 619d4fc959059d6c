#pragma once

/// \file
/// The bodies of `berth/kube/authentication/serve_tokens.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/authentication/serve_tokens.hpp>
#include <berth/kube/authentication/token_request/request.hpp>
#include <berth/kube/authentication/token_review/kind.hpp>
#include <berth/kube/core/service_account/kind.hpp>

#include <utility>
#include <variant>

namespace berth::kube {

BERTH_DECL auto serve_tokens(api::registry& kinds, token_authority const& by) -> void {
    auto accounts = api::kind(service_account_kind());
    for (auto& s : accounts.subresources) {
        auto* const does = std::get_if<api::action>(&s.does);
        if (s.name != "token" || does == nullptr) continue;
        does->apply = [by](void* account, void const* body, api::action_context const& about) {
            return request_token(by, *static_cast<service_account const*>(account), body, about);
        };
    }
    kinds.replace(std::move(accounts));
    auto reviews = api::kind(token_review_kind());
    reviews.review = [by](void const* asked, api::action_context const& about) {
        return review_token(by, *static_cast<token_review const*>(asked), about.world);
    };
    kinds.replace(std::move(reviews));
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/core/service_account/token_controller.hpp`.

#include <berth/api/identity.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/service_account/token_controller.hpp>

#include <utility>

namespace berth::kube::detail {

inline constexpr std::string_view token_secret_type = "kubernetes.io/service-account-token";
inline constexpr std::string_view token_account = "kubernetes.io/service-account.name";
inline constexpr std::string_view token_account_uid = "kubernetes.io/service-account.uid";
/// The index of token secrets by the name of their account.
inline constexpr std::string_view by_account = "account";

/// Whether an account is the one that a secret names.
inline auto is_of(secret const& s, object::meta const& account) -> bool {
    auto const& uid = s.metadata.annotations.get(token_account_uid);
    return uid.empty() || uid == account.uid;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto token_secrets_controller::indexes() -> std::vector<reconcile::index> {
    return {reconcile::index_of<secret>(std::string(detail::by_account), [](secret const& s) {
        if (s.type != detail::token_secret_type) return std::vector<std::string>();
        return std::vector{std::string(s.metadata.annotations.get(detail::token_account))};
    })};
}

BERTH_DECL auto token_secrets_controller::keys_for(reconcile::snapshot const& world,
                                                   service_account const& a) const
    -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    for (auto const s : world.where<secret>(detail::by_account, a.metadata.name))
        if (s->metadata.namespace_ == a.metadata.namespace_) out.push_back(s->metadata.where());
    return out;
}

BERTH_DECL auto token_secrets_controller::matters(service_account const& before,
                                                  service_account const& after) const -> bool {
    return before.metadata.uid != after.metadata.uid;
}

BERTH_DECL auto token_secrets_controller::reconcile(reconcile::snapshot const& world,
                                                    object::key const& k) const -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const s = world.get<secret>(k);
    if (!tokens || !s || s->type != detail::token_secret_type || s->metadata.deleting()) return plan;
    auto const account =
        world.get<service_account>(k.namespace_, s->metadata.annotations.get(detail::token_account));
    if (!account || !detail::is_of(*s, account->metadata)) {
        plan.remove(s, {.any_revision = true});
        return plan;
    }
    auto next = *s;
    auto const needs_token = s->data.get("token").data.empty();
    if (!root_certificates.empty()) next.data["ca.crt"].data = root_certificates;
    if (s->data.get("namespace").data.empty()) next.data["namespace"].data = k.namespace_;
    if (!needs_token && next == *s) return plan;
    if (needs_token) {
        auto claims = token_claims{};
        claims.subject = api::service_account_identity(k.namespace_, account->metadata.name).user;
        claims.namespace_ = k.namespace_;
        claims.account = {account->metadata.name, account->metadata.uid};
        claims.kept_in = k.name;
        auto token = tokens.issue(std::move(claims));
        if (!token) return plan; // the key will not become another one
        next.data["token"].data = *std::move(token);
    }
    next.metadata.annotations[std::string(detail::token_account_uid)] = account->metadata.uid;
    plan.update(s, std::move(next));
    return plan;
}

} // namespace berth::kube

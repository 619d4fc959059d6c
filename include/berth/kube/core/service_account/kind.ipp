#pragma once

/// \file
/// The bodies of `berth/kube/core/service_account/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/authentication/token_request/request.hpp>
#include <berth/kube/core/service_account/kind.hpp>

namespace berth::kube {

BERTH_DECL auto service_account_kind() -> api::kind_of<service_account> {
    auto k = api::kind_of<service_account>{};
    k.short_names = {"sa"};
    k.returns_deleted = true;
    k.metadata.on_update = api::metadata_rules::again::all;
    k.validate = [](service_account const&, api::field_errors&) {}; // a secret may even be named twice
    k.subresources = {api::action_of<service_account>{
        .name = "token",
        .body = &object::type_of<token_request>(),
        .apply = [](service_account& a, void const* body, api::action_context const& about) {
            return request_token({}, a, body, about);
        }}};
    k.columns = {name_column<service_account>(), age_column<service_account>()};
    return k;
}

} // namespace berth::kube

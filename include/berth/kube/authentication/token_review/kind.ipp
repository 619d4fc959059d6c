#pragma once

/// \file
/// The bodies of `berth/kube/authentication/token_review/kind.hpp`.

#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/authentication/authenticate.hpp>
#include <berth/kube/authentication/token_review/kind.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace berth::kube {

BERTH_DECL auto token_review_kind() -> api::kind_of<token_review> {
    auto k = api::kind_of<token_review>{};
    k.verbs = {api::verb::create};
    k.review = [](token_review const& r, api::action_context const& about) {
        return review_token({}, r, about.world);
    };
    return k;
}

BERTH_DECL auto review_token(token_authority const& by, token_review const& asked,
                             api::admission_world const& world) -> result<object::any_object> {
    auto const& s = asked.spec;
    if (s.token.empty()) return api::bad_request("token is required for TokenReview in authentication");
    auto out = asked;
    out.status = {};
    auto read = authenticate(by, s.token, s.audiences, world);
    if (!read && read.error().code != error_code::unauthorized) return std::unexpected(read.error());
    if (!read && read.error().message != unknown_token) {
        out.status.error = "[" + std::string(unknown_token) + ", " + read.error().message + "]";
    } else if (!read || !*read) {
        out.status.error = unknown_token;
    } else {
        out.status.authenticated = true;
        out.status.user = told_user((*read)->who);
        out.status.audiences = std::move((*read)->audiences);
    }
    return object::any_object(std::move(out));
}

} // namespace berth::kube

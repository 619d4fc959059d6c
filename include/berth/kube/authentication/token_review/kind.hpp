#pragma once

/// \file
/// How reviews of tokens are answered (kubernetes 1.36, `pkg/registry/authentication/tokenreview`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/authentication/token_authority.hpp>
#include <berth/kube/authentication/token_review/type.hpp>

namespace berth::kube {

/// Answers that nobody knows any token; `serve_tokens` makes it know those of an authority.
[[nodiscard]] BERTH_DECL auto token_review_kind() -> api::kind_of<token_review>;

/// The answer to a review of a token that `by` may have issued. Errors: `bad_request` without a token; those
/// of looking objects up.
[[nodiscard]] BERTH_DECL auto review_token(token_authority const& by, token_review const& asked,
                                           api::admission_world const& world) -> result<object::any_object>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authentication/token_review/kind.ipp>
#endif

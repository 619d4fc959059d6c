#pragma once

/// \file
/// What a request for a token does (Kubernetes 1.36, `pkg/registry/core/serviceaccount/storage/token.go`).

#include <berth/api/admission_world.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/authentication/token_authority.hpp>
#include <berth/kube/authentication/token_request/type.hpp>
#include <berth/kube/core/service_account/type.hpp>

namespace berth::kube {

/// Issues a token of an account. `body`: a `token_request`; the answer is one too. A dry run issues one as
/// well: nothing is written. Errors: `invalid`, `bad_request`; `not_found`, for what it is to be bound to;
/// `conflict`, if a uid is not the one expected; `unavailable`, if the authority has no key.
[[nodiscard]] BERTH_DECL auto request_token(token_authority const& by, service_account const& a,
                                            void const* body, api::action_context const& about)
    -> result<object::any_object>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authentication/token_request/request.ipp>
#endif

#pragma once

/// \file
/// An API whose service accounts have tokens.

#include <berth/api/registry.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/authentication/token_authority.hpp>

namespace berth::kube {

/// Describes service accounts and reviews of tokens anew: the tokens are those of an authority. Without it an
/// API issues none and knows none. To be called before the API is served:
///
///     kinds.change([&](api::registry& r) { kube::serve_tokens(r, authority); });
///
/// The network front knows the bearers of the tokens by `token_reader_of`, and the controllers fill secrets
/// with them by `controller_manager_options::tokens`.
BERTH_DECL auto serve_tokens(api::registry& kinds, token_authority const& by) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authentication/serve_tokens.ipp>
#endif

#pragma once

/// \file
/// All kinds of the Kubernetes vocabulary, ready for a server.

#include <berth/api/registry.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/vocabulary.hpp>

namespace berth::kube {

/// A registry of the kinds that this version of Berth has. Add your own to it before a server is made.
[[nodiscard]] BERTH_DECL auto registry() -> api::registry;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/registry.ipp>
#endif

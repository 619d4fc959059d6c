#pragma once

/// \file
/// Kinds that are described by text alone: they are kept, listed and watched, and nothing here acts on
/// them.

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>

#include <string_view>
#include <vector>

namespace berth::kube {

/// The kinds of a text (`object/schema_text.hpp`). Of their options they understand `short=NAME`,
/// `fixed=MEMBER` (which no update may change), `generation`, `idle` (whoever writes one is warned that
/// nothing acts on it) and `deleted` (a deletion answers the object). Programmer's errors in the text stop
/// the program.
[[nodiscard]] BERTH_DECL auto kinds_of_text(std::string_view text) -> std::vector<api::kind>;

/// All kinds of Kubernetes 1.36 that are described so.
[[nodiscard]] BERTH_DECL auto described_kinds() -> std::vector<api::kind>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/described/kinds.ipp>
#endif

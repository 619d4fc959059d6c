#pragma once

/// \file
/// Short names for templates (kubernetes 1.36, `ComputeHash`, `rand.SafeEncodeString`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/spec.hpp>
#include <berth/object/encode.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace berth::kube::detail {

/// A number in letters that spell no words.
[[nodiscard]] BERTH_DECL auto safe_letters(std::uint32_t hash) -> std::string;

/// A short name for a template: FNV-1a over its JSON and the number of collisions so far (the text that is
/// hashed is ours).
[[nodiscard]] BERTH_DECL auto template_hash(pod_template_spec const& t, std::int32_t collisions)
    -> std::string;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/template_hash.ipp>
#endif

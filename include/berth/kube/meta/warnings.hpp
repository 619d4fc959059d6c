#pragma once

/// \file
/// What a writer is warned of, though the object is accepted.

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// Sentences for the writer.
using warning_list = std::vector<std::string>;

namespace detail {

BERTH_DECL auto warn(warning_list& out, field_path const& at, std::string_view what) -> void;

} // namespace detail

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/meta/warnings.ipp>
#endif

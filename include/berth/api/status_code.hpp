#pragma once

/// \file
/// The codes of errors that others tell by name and number.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <string_view>

namespace berth::api {

/// What a `Status` means: by its reason, if that is one of ours, else by its number; `internal` where neither
/// is known. Several codes have the same number: the first is the usual one.
[[nodiscard]] BERTH_DECL auto code_of(std::string_view reason, int status, error_details const& details)
    -> error_code;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/status_code.ipp>
#endif

#pragma once

/// \file
/// The token with which the next page of a list is asked for (apiserver 1.36, `storage/continue.go`): the
/// moment of the list and where to go on, in unpadded URL-safe base64.

#include <berth/api/errors.hpp>
#include <berth/core/base64.hpp>
#include <berth/core/config.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/parse.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace berth::api {

struct continue_token {
    std::int64_t revision = 0; ///< -1: whatever is current when the page is read
    std::string start;         ///< the key to begin with, relative to the resource

    [[nodiscard]] auto encode() const -> std::string;

    /// Errors: `bad_request`.
    [[nodiscard]] static auto decode(std::string_view text) -> result<continue_token>;
};

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/continue_token.ipp>
#endif

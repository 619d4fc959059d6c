#pragma once

/// \file
/// Who the bearer of a token is, as those tell who know tokens (apiserver 1.36,
/// `authentication/authenticator`).

#include <berth/api/identity.hpp>
#include <berth/core/error.hpp>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api {

/// Whom a token speaks for.
struct bearer {
    identity who;
    std::vector<std::string> audiences; ///< those it was asked about, and is for

    friend auto operator==(bearer const&, bearer const&) -> bool = default;
};

/// Reads a bearer token that was presented to some audiences (none: to the API server). Nothing: it is no
/// token that this reader knows, perhaps another does. Errors: `unauthorized`, with the reason, for one of
/// its own that does not hold (any more); `unavailable`. Called from several threads at once.
using token_reader = std::function<result<std::optional<bearer>>(std::string_view token,
                                                                 std::span<std::string const> audiences)>;

} // namespace berth::api

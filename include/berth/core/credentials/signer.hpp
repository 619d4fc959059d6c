#pragma once

/// \file
/// What signs, and what tells whether a signature is its own: a key as two functions, so that those who issue
/// and read tokens need no cryptography of their own.

#include <berth/core/error.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace berth::credentials {

/// A key. Its functions may be called from several threads at once.
struct signer {
    std::string algorithm; ///< as JSON Web Signatures name it (RFC 7518): `ES256`, `RS256`
    std::string key_id;    ///< tells the key from others
    std::string jwk;       ///< the public part as a JSON Web Key (RFC 7517)
    /// The signature of some bytes, as JSON Web Signatures have it. Errors: `internal`.
    std::function<result<std::string>(std::string_view bytes)> sign;
    /// Whether a signature of some bytes was made with this key.
    std::function<bool(std::string_view bytes, std::string_view signature)> verify;
};

} // namespace berth::credentials

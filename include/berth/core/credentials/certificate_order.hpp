#pragma once

/// \file
/// What a certificate is to be like that somebody asks an authority for.

#include <berth/core/error.hpp>
#include <berth/core/time.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::credentials {

/// Bits of the key usage of a certificate, by their numbers (RFC 5280, 4.2.1.3).
enum class key_usage : std::uint8_t {
    digital_signature = 0,
    content_commitment = 1,
    key_encipherment = 2,
    data_encipherment = 3,
    key_agreement = 4,
    cert_sign = 5,
    crl_sign = 6,
    encipher_only = 7,
    decipher_only = 8
};

/// A certificate that is wanted. Subject, names and key are those of the request.
struct certificate_order {
    std::string request; ///< a PKCS#10 request (RFC 2986), in DER
    std::vector<key_usage> usages;
    std::vector<std::string> purposes; ///< extended usages, as dotted object identifiers
    time_point not_before;
    time_point not_after; ///< never later than the authority's own

    friend auto operator==(certificate_order const&, certificate_order const&) -> bool = default;
};

/// Signs certificates: answers one as PEM. Errors: `invalid` for a request that is none, or whose signature
/// is not its own; `internal`. May be called from several threads at once.
using certificate_signer = std::function<result<std::string>(certificate_order const&)>;

/// Tells whether a PKCS#10 request, in DER, was signed with the key that it is for. Errors: `invalid`, with
/// what is wrong. May be called from several threads at once.
using request_verifier = std::function<result<void>(std::string_view der)>;

} // namespace berth::credentials

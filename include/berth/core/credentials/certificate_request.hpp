#pragma once

/// \file
/// Whether a request for a certificate was signed with its own key, by OpenSSL's libcrypto.

#include <berth/core/config.hpp>
#include <berth/core/credentials/certificate_order.hpp>

#include <string_view>

namespace berth::credentials {

/// Whether the signature of a PKCS#10 request, in DER, was made with the key that the request is for. Errors:
/// as `request_verifier` says, in the words of Go's crypto/x509. Signatures with SHA-1 count; those with MD5
/// do not.
[[nodiscard]] BERTH_DECL auto verify_request(std::string_view der) -> result<void>;

} // namespace berth::credentials

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/credentials/certificate_request.ipp>
#endif

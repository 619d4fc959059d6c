#pragma once

/// \file
/// Requests for certificates as OpenSSL has them.

#include <berth/core/credentials/detail/openssl.hpp>

#include <openssl/x509.h>

namespace berth::credentials::detail {

using certificate_request = owned<X509_REQ, X509_REQ_free>;

/// What some DER says, whoever signed it.
inline auto read_request(std::string_view der) -> result<certificate_request> {
    auto const* at = bytes_of(der);
    auto out = certificate_request(d2i_X509_REQ(nullptr, &at, static_cast<long>(der.size())));
    if (!out) return openssl_failed(error_code::invalid, "unable to parse certificate request");
    return out;
}

} // namespace berth::credentials::detail

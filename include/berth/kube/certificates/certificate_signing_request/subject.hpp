#pragma once

/// \file
/// What a PKCS#10 request says of its subject (RFC 2986), as far as the API server asks.

#include <berth/core/config.hpp>
#include <berth/core/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// The DER in the text of a request. Errors: `invalid`, where there is no such block.
[[nodiscard]] BERTH_DECL auto request_bytes(std::string_view pem) -> result<std::string>;

/// The organizations of the subject of a request, in its DER; each is a group of the user that the
/// certificate will speak for. Errors: `invalid`, where it is no request. Signatures are not looked at.
[[nodiscard]] BERTH_DECL auto organizations_of(std::string_view der) -> result<std::vector<std::string>>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/certificates/certificate_signing_request/subject.ipp>
#endif

#pragma once

/// \file
/// What a PKCS#10 request says of its subject (RFC 2986), as far as the API server and the signers ask, and
/// when a certificate ends.

#include <berth/core/config.hpp>
#include <berth/core/result.hpp>
#include <berth/core/time.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// The DER in the text of a request. Errors: `invalid`, where there is no such block.
[[nodiscard]] BERTH_DECL auto request_bytes(std::string_view pem) -> result<std::string>;

/// The organizations of the subject of a request, in its DER; each is a group of the user that the
/// certificate will speak for. Errors: `invalid`, where it is no request. Signatures are not looked at.
[[nodiscard]] BERTH_DECL auto organizations_of(std::string_view der) -> result<std::vector<std::string>>;

/// Who a request is for.
struct requested_subject {
    std::string common_name{};
    std::vector<std::string> organizations{};
    std::vector<std::string> dns_names{};
    std::vector<std::string> ip_addresses{}; ///< as the bytes of the addresses
    std::vector<std::string> email_addresses{};
    std::vector<std::string> uris{};

    friend auto operator==(requested_subject const&, requested_subject const&) -> bool = default;
};

/// The subject and the other names of a request, in its DER. Errors: `invalid`, where it is no request.
/// Signatures are not looked at.
[[nodiscard]] BERTH_DECL auto subject_of(std::string_view der) -> result<requested_subject>;

/// When the first certificate in some PEM ends. Errors: `invalid`, where there is none.
[[nodiscard]] BERTH_DECL auto end_of_certificate(std::string_view pem) -> result<time_point>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/certificates/certificate_signing_request/subject.ipp>
#endif

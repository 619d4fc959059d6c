#pragma once

/// \file
/// The bodies of `berth/kube/certificates/certificate_signing_request/verify_requests.hpp`.

#include <berth/core/base64.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/certificates/certificate_signing_request/kind.hpp>
#include <berth/kube/certificates/certificate_signing_request/subject.hpp>
#include <berth/kube/certificates/certificate_signing_request/verify_requests.hpp>

#include <utility>

namespace berth::kube::detail {

/// A request that cannot be read at all is complained of by `validate`.
inline auto validate_signature(certificate_signing_request const& r, credentials::request_verifier const& own,
                               api::field_errors& errors) -> void {
    auto const der = request_bytes(r.spec.request.data);
    if (!der || !organizations_of(*der)) return;
    if (auto const ok = own(*der); !ok)
        errors.invalid(field_path("spec").child("request"), base64_encode(r.spec.request.data),
                       ok.error().message);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto verify_requests(api::registry& kinds, credentials::request_verifier own) -> void {
    auto requests = api::kind(certificate_signing_request_kind());
    requests.validate = [own = std::move(own)](void const* asked, api::field_errors& errors) {
        auto const& r = *static_cast<certificate_signing_request const*>(asked);
        detail::validate_signature(r, own, errors);
        validate(r, errors);
    };
    kinds.replace(std::move(requests));
}

} // namespace berth::kube

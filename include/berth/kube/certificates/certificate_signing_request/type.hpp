#pragma once

/// \file
/// Requests for certificates (certificates.k8s.io/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// What is to be signed, by whom, and who asked.
struct certificate_signing_request_spec {
    object::bytes request; ///< PEM of a PKCS#10 request
    std::string signer_name;
    std::optional<std::int32_t> expiration_seconds;
    std::vector<std::string> usages;
    std::string username; ///< the server tells who asked, here and below
    std::string uid;
    std::vector<std::string> groups;
    object::dictionary<std::vector<std::string>> extra;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(certificate_signing_request_spec,
                   "io.k8s.api.certificates.v1.CertificateSigningRequestSpec",
                   (request, .required = true, .always = true, .number = 1),
                   (signer_name, .required = true, .always = true, .number = 7),
                   (expiration_seconds, .number = 8),
                   (usages, .always = true, .quiet = true, .topology = object::merge_topology::atomic,
                    .values = "any,cert sign,client auth,code signing,content commitment,crl sign,data "
                              "encipherment,decipher only,digital signature,email protection,encipher "
                              "only,ipsec end system,ipsec tunnel,ipsec user,key agreement,key "
                              "encipherment,microsoft sgc,netscape sgc,ocsp signing,s/mime,server "
                              "auth,signing,timestamping",
                    .number = 5),
                   (username, .number = 2), (uid, .number = 3),
                   (groups, .topology = object::merge_topology::atomic, .number = 4), (extra, .number = 6))
};

/// What somebody has decided of a request: `Approved`, `Denied` or `Failed`.
struct certificate_signing_request_condition {
    std::string type;
    std::string status;
    std::string reason;
    std::string message;
    object::timestamp last_update_time;
    object::timestamp last_transition_time;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(certificate_signing_request_condition,
                   "io.k8s.api.certificates.v1.CertificateSigningRequestCondition",
                   (type, .required = true, .always = true, .number = 1),
                   (status, .required = true, .always = true, .quiet = true, .values = "False,True,Unknown",
                    .number = 6),
                   (reason, .number = 2), (message, .number = 3),
                   (last_update_time, .always = true, .number = 4),
                   (last_transition_time, .always = true, .number = 5))

    friend auto operator==(certificate_signing_request_condition const&,
                           certificate_signing_request_condition const&) -> bool = default;
};

/// What has become of a request.
struct certificate_signing_request_status {
    object::list<certificate_signing_request_condition> conditions;
    object::bytes certificate; ///< PEM
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(certificate_signing_request_status,
                   "io.k8s.api.certificates.v1.CertificateSigningRequestStatus",
                   (conditions, .topology = object::merge_topology::map, .list_keys = "type", .number = 1),
                   (certificate, .number = 2))
};

/// A request for a certificate: somebody asks, somebody approves, and a signer signs.
struct certificate_signing_request {
    static constexpr object::resource_name resource{"certificates.k8s.io",       "v1",
                                                    "CertificateSigningRequest", "certificatesigningrequests",
                                                    "certificatesigningrequest", false};

    object::meta metadata;
    certificate_signing_request_spec spec;
    certificate_signing_request_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(certificate_signing_request, "io.k8s.api.certificates.v1.CertificateSigningRequest",
                   (metadata, .always = true, .number = 1),
                   (spec, .required = true, .always = true, .number = 2),
                   (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/certificates/certificate_signing_request/type.ipp>
#endif

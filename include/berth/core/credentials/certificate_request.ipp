#pragma once

/// \file
/// The bodies of `berth/core/credentials/certificate_request.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/credentials/certificate_request.hpp>
#include <berth/core/credentials/detail/request.hpp>

#include <openssl/objects.h>

namespace berth::credentials::detail {

/// How Go calls a family of keys, the type of such a key, and a signature that is not its own.
struct key_family {
    int id;
    std::string_view name;
    std::string_view type;
    std::string_view mismatch;
};

inline auto family_of(int id) -> key_family const* {
    static constexpr key_family all[] = {
        {EVP_PKEY_RSA, "RSA", "*rsa.PublicKey", "crypto/rsa: verification error"},
        {EVP_PKEY_EC, "ECDSA", "*ecdsa.PublicKey", "x509: ECDSA verification failure"},
        {EVP_PKEY_ED25519, "Ed25519", "ed25519.PublicKey", "x509: Ed25519 verification failure"}};
    for (auto const& f : all)
        if (f.id == id) return &f;
    return nullptr;
}

/// What a signature is made with: the family of its key and its digest.
struct signature_parts {
    key_family const* family = nullptr;
    int digest = NID_undef;
};

inline auto parts_of(X509_REQ const* request) -> signature_parts {
    auto const which = X509_REQ_get_signature_nid(request);
    auto digest = NID_undef;
    auto key = NID_undef;
    if (which == NID_undef || OBJ_find_sigid_algs(which, &digest, &key) != 1) return {};
    return {family_of(key == EVP_PKEY_RSA_PSS ? EVP_PKEY_RSA : key), digest};
}

/// Forgets what OpenSSL complained of, as there are better words for it.
inline auto refuse_request(std::string why) -> std::unexpected<error> {
    ERR_clear_error();
    return fail(error_code::invalid, std::move(why));
}

} // namespace berth::credentials::detail

namespace berth::credentials {

BERTH_DECL auto verify_request(std::string_view der) -> result<void> {
    auto const request = detail::read_request(der);
    if (!request) return std::unexpected(request.error());
    auto const signature = detail::parts_of(request->get());
    auto const unknown = std::string("x509: cannot verify signature: ");
    if (signature.family == nullptr) return detail::refuse_request(unknown + "algorithm unimplemented");
    if (signature.digest == NID_md5)
        return detail::refuse_request(unknown + "insecure algorithm MD5-" +
                                      std::string(signature.family->name));
    auto* const key = X509_REQ_get0_pubkey(request->get());
    auto const* const family = key == nullptr ? nullptr : detail::family_of(EVP_PKEY_get_base_id(key));
    if (family == nullptr) return detail::refuse_request(unknown + "algorithm unimplemented");
    if (family != signature.family)
        return detail::refuse_request(
            "x509: signature algorithm specifies an " + std::string(signature.family->name) +
            " public key, but have public key of type " + std::string(family->type));
    if (X509_REQ_verify(request->get(), key) != 1)
        return detail::refuse_request(std::string(family->mismatch));
    return {};
}

} // namespace berth::credentials

#pragma once

/// \file
/// The bodies of `berth/core/credentials/private_key.hpp`.

#include <berth/core/base64url.hpp>
#include <berth/core/config.hpp>
#include <berth/core/credentials/detail/openssl.hpp>
#include <berth/core/credentials/private_key.hpp>
#include <berth/core/sha256.hpp>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <optional>

namespace berth::credentials::detail {

using digest_context = owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using number = owned<BIGNUM, BN_free>;
using curve_signature = owned<ECDSA_SIG, ECDSA_SIG_free>;

/// The size of the numbers of P-256, in bytes.
inline constexpr int curve_bytes = 32;

inline auto is_rsa(EVP_PKEY const* key) -> bool { return EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA; }

inline auto is_on_p256(EVP_PKEY const* key) -> bool {
    auto group = std::array<char, 32>();
    return EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
           EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1 &&
           std::string_view(group.data()) == SN_X9_62_prime256v1;
}

/// A number of the key as JSON Web Keys have them; `size` bytes at least.
inline auto key_number(EVP_PKEY const* key, char const* name, int size) -> std::string {
    auto* raw = static_cast<BIGNUM*>(nullptr);
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1) return {};
    auto const n = number(raw);
    auto const bytes = std::max(size, BN_num_bytes(n.get()));
    auto out = std::string(static_cast<std::size_t>(bytes), '\0');
    BN_bn2binpad(n.get(), bytes_of(out), bytes);
    return base64url_encode(out);
}

inline auto public_der(EVP_PKEY const* key) -> std::string {
    auto* raw = static_cast<unsigned char*>(nullptr);
    auto const size = i2d_PUBKEY(key, &raw);
    auto out =
        size <= 0 ? std::string() : std::string(reinterpret_cast<char*>(raw), static_cast<std::size_t>(size));
    OPENSSL_free(raw);
    return out;
}

/// A JSON Web Key of the public part. Its texts need no escapes.
inline auto jwk_of(EVP_PKEY const* key, std::string const& id) -> std::string {
    auto const common = R"({"use":"sig","kid":")" + id + R"(","alg":")";
    if (is_rsa(key))
        return common + R"(RS256","kty":"RSA","n":")" + key_number(key, OSSL_PKEY_PARAM_RSA_N, 0) +
               R"(","e":")" + key_number(key, OSSL_PKEY_PARAM_RSA_E, 0) + "\"}";
    return common + R"(ES256","kty":"EC","crv":"P-256","x":")" +
           key_number(key, OSSL_PKEY_PARAM_EC_PUB_X, curve_bytes) + R"(","y":")" +
           key_number(key, OSSL_PKEY_PARAM_EC_PUB_Y, curve_bytes) + "\"}";
}

/// The two numbers of a signature on a curve, one after the other, out of its DER.
inline auto joined_numbers(std::string_view der) -> result<std::string> {
    auto const* at = bytes_of(der);
    auto const s = curve_signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    auto out = std::string(2 * curve_bytes, '\0');
    if (!s || BN_bn2binpad(ECDSA_SIG_get0_r(s.get()), bytes_of(out), curve_bytes) < 0 ||
        BN_bn2binpad(ECDSA_SIG_get0_s(s.get()), bytes_of(out) + curve_bytes, curve_bytes) < 0)
        return openssl_failed(error_code::internal, "a signature cannot be written down");
    return out;
}

/// The other way; nothing for what is none.
inline auto der_of_numbers(std::string_view joined) -> std::optional<std::string> {
    if (joined.size() != 2 * curve_bytes) return std::nullopt;
    auto const s = curve_signature(ECDSA_SIG_new());
    auto r = number(BN_bin2bn(bytes_of(joined), curve_bytes, nullptr));
    auto t = number(BN_bin2bn(bytes_of(joined) + curve_bytes, curve_bytes, nullptr));
    if (!s || !r || !t || ECDSA_SIG_set0(s.get(), r.release(), t.release()) != 1) return std::nullopt;
    auto* raw = static_cast<unsigned char*>(nullptr);
    auto const size = i2d_ECDSA_SIG(s.get(), &raw);
    if (size <= 0) return std::nullopt;
    auto out = std::string(reinterpret_cast<char*>(raw), static_cast<std::size_t>(size));
    OPENSSL_free(raw);
    return out;
}

inline auto sign_bytes(EVP_PKEY* key, std::string_view bytes) -> result<std::string> {
    auto const failed = [] { return openssl_failed(error_code::internal, "nothing can be signed"); };
    auto const context = digest_context(EVP_MD_CTX_new());
    auto size = std::size_t{0};
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, bytes_of(bytes), bytes.size()) != 1)
        return failed();
    auto out = std::string(size, '\0');
    if (EVP_DigestSign(context.get(), bytes_of(out), &size, bytes_of(bytes), bytes.size()) != 1)
        return failed();
    out.resize(size);
    return is_rsa(key) ? result<std::string>(std::move(out)) : joined_numbers(out);
}

inline auto verify_bytes(EVP_PKEY* key, std::string_view bytes, std::string_view signature) -> bool {
    auto der = std::optional<std::string>();
    if (!is_rsa(key)) {
        der = der_of_numbers(signature);
        if (!der) return false;
        signature = *der;
    }
    auto const context = digest_context(EVP_MD_CTX_new());
    auto const good = context &&
                      EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
                      EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(bytes),
                                       bytes.size()) == 1;
    ERR_clear_error();
    return good;
}

} // namespace berth::credentials::detail

namespace berth::credentials {

BERTH_DECL auto private_key::own(evp_pkey_st* key) -> private_key {
    return private_key(std::shared_ptr<evp_pkey_st>(key, EVP_PKEY_free));
}

BERTH_DECL auto private_key::generate() -> result<private_key> {
    auto* const key = EVP_EC_gen("P-256");
    if (key == nullptr) return detail::openssl_failed(error_code::internal, "no key can be made");
    return own(key);
}

BERTH_DECL auto private_key::from_pem(std::string_view pem) -> result<private_key> {
    auto const from = detail::reading(pem);
    auto const no_password = [](char*, int, int, void*) { return -1; };
    auto* const read = PEM_read_bio_PrivateKey(from.get(), nullptr, no_password, nullptr);
    if (read == nullptr)
        return detail::openssl_failed(error_code::invalid, "there is no private key that is not encrypted");
    auto key = own(read);
    if (!detail::is_on_p256(read) && !(detail::is_rsa(read) && EVP_PKEY_get_bits(read) >= 2048))
        return fail(error_code::invalid,
                    "a private key must be one on P-256, or one of RSA with at least 2048 bits");
    return key;
}

BERTH_DECL auto private_key::to_pem() const -> std::string {
    auto const to = detail::writing();
    PEM_write_bio_PKCS8PrivateKey(to.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return detail::text_of(to);
}

BERTH_DECL auto private_key::public_pem() const -> std::string {
    auto const to = detail::writing();
    PEM_write_bio_PUBKEY(to.get(), key_.get());
    return detail::text_of(to);
}

BERTH_DECL auto signer_of(private_key const& key) -> signer {
    auto const digest = sha256(detail::public_der(key.native()));
    auto out = signer{};
    out.algorithm = detail::is_rsa(key.native()) ? "RS256" : "ES256";
    out.key_id = base64url_encode({reinterpret_cast<char const*>(digest.data()), digest.size()});
    out.jwk = detail::jwk_of(key.native(), out.key_id);
    out.sign = [key](std::string_view bytes) { return detail::sign_bytes(key.native(), bytes); };
    out.verify = [key](std::string_view bytes, std::string_view signature) {
        return detail::verify_bytes(key.native(), bytes, signature);
    };
    return out;
}

} // namespace berth::credentials

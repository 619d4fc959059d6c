#pragma once

/// \file
/// Private keys, by OpenSSL's libcrypto.

#include <berth/core/config.hpp>
#include <berth/core/credentials/signer.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

struct evp_pkey_st; // OpenSSL's

namespace berth::credentials {

/// A private key on the curve P-256, or one of RSA. A handle; copies are the same key. May be used by several
/// threads at once.
class private_key {
public:
    /// A new key on P-256, from OpenSSL's generator of random numbers. Takes some tens of microseconds.
    /// Errors: `internal`.
    [[nodiscard]] static auto generate() -> result<private_key>;
    /// A key in PEM (PKCS#8, or as OpenSSL wrote them before). Errors: `invalid`, if it is none, or neither
    /// of P-256 nor of RSA with at least 2048 bits.
    [[nodiscard]] static auto from_pem(std::string_view pem) -> result<private_key>;

    /// PKCS#8, not encrypted.
    [[nodiscard]] auto to_pem() const -> std::string;
    /// The public part (`PUBLIC KEY`).
    [[nodiscard]] auto public_pem() const -> std::string;

    [[nodiscard]] auto native() const -> evp_pkey_st* { return key_.get(); }

private:
    explicit private_key(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    static auto own(evp_pkey_st* key) -> private_key;

    std::shared_ptr<evp_pkey_st> key_;
};

/// Signs with a key: ES256 on P-256, RS256 with RSA. Its id is made of the public part, as Kubernetes makes
/// it.
[[nodiscard]] BERTH_DECL auto signer_of(private_key const& key) -> signer;

} // namespace berth::credentials

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/credentials/private_key.ipp>
#endif

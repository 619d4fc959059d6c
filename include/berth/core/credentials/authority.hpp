#pragma once

/// \file
/// A certificate authority, by OpenSSL's libcrypto.

#include <berth/core/config.hpp>
#include <berth/core/credentials/certificate_order.hpp>
#include <berth/core/credentials/private_key.hpp>
#include <berth/core/time.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

struct x509_st; // OpenSSL's

namespace berth::credentials {

/// Who signs certificates. A handle; may be used by several threads at once.
class authority {
public:
    /// A new authority that vouches for itself, from an hour ago on for ten years. Errors: `internal`.
    [[nodiscard]] static auto make(std::string_view common_name, time_point now) -> result<authority>;
    /// One that was made before. Errors: `invalid`, if these are no certificate and key, or do not belong
    /// together.
    [[nodiscard]] static auto from_pem(std::string_view certificate, std::string_view key)
        -> result<authority>;

    /// The authority's own certificate, by which others know what it signed.
    [[nodiscard]] auto certificate() const -> std::string const& { return pem_; }
    [[nodiscard]] auto key() const -> private_key const& { return key_; }

    /// Signs what was asked for. The serial number is random. Errors: as `certificate_signer` says.
    [[nodiscard]] auto sign(certificate_order const& order) const -> result<std::string>;

private:
    authority(std::shared_ptr<x509_st> certificate, private_key key, std::string pem)
        : certificate_(std::move(certificate)), key_(std::move(key)), pem_(std::move(pem)) {}

    std::shared_ptr<x509_st> certificate_;
    private_key key_;
    std::string pem_;
};

/// An authority as a function.
[[nodiscard]] inline auto signer_of(authority by) -> certificate_signer {
    return [by = std::move(by)](certificate_order const& order) { return by.sign(order); };
}

} // namespace berth::credentials

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/credentials/authority.ipp>
#endif

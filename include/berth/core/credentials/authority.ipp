#pragma once

/// \file
/// The bodies of `berth/core/credentials/authority.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/credentials/authority.hpp>
#include <berth/core/credentials/certificate_request.hpp>
#include <berth/core/credentials/detail/request.hpp>

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <vector>

namespace berth::credentials::detail {

using certificate = owned<X509, X509_free>;
using extension = owned<X509_EXTENSION, X509_EXTENSION_free>;

/// How long before it is made an authority is already one, for clocks that are late; and how long it lasts.
inline constexpr auto authority_backdate = minutes(60);
inline constexpr auto authority_life = minutes(60) * (24 * 365 * 10);

inline auto certificate_failed(error_code code = error_code::internal) -> std::unexpected<error> {
    return openssl_failed(code, "no certificate can be made");
}

inline auto set_time(ASN1_TIME* to, time_point at) -> bool {
    return ASN1_TIME_set(to, static_cast<std::time_t>(at.unix_seconds())) != nullptr;
}

/// When a certificate ends.
inline auto end_of(X509 const* c) -> time_point {
    auto parts = std::tm{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(c), &parts) != 1) return {};
    return time_point::from_unix_seconds(static_cast<std::int64_t>(timegm(&parts)));
}

/// A number that nobody can guess, and that no other certificate has (RFC 5280, 4.1.2.2).
inline auto set_serial(X509* c) -> bool {
    constexpr int bits = 127;
    auto const n = owned<BIGNUM, BN_free>(BN_new());
    return n && BN_rand(n.get(), bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
           BN_to_ASN1_INTEGER(n.get(), X509_get_serialNumber(c)) != nullptr;
}

inline auto add_constraints(X509* c, bool is_authority) -> bool {
    auto const value = owned<BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free>(BASIC_CONSTRAINTS_new());
    if (!value) return false;
    value->ca = is_authority ? 0xff : 0;
    return X509_add1_ext_i2d(c, NID_basic_constraints, value.get(), 1, X509V3_ADD_DEFAULT) == 1;
}

inline auto add_usages(X509* c, std::vector<key_usage> const& usages) -> bool {
    if (usages.empty()) return true;
    auto const bits = owned<ASN1_BIT_STRING, ASN1_BIT_STRING_free>(ASN1_BIT_STRING_new());
    if (!bits) return false;
    for (auto const u : usages)
        if (ASN1_BIT_STRING_set_bit(bits.get(), static_cast<int>(u), 1) != 1) return false;
    return X509_add1_ext_i2d(c, NID_key_usage, bits.get(), 1, X509V3_ADD_DEFAULT) == 1;
}

inline auto free_purposes(EXTENDED_KEY_USAGE* all) -> void { sk_ASN1_OBJECT_pop_free(all, ASN1_OBJECT_free); }

inline auto add_purposes(X509* c, std::vector<std::string> const& purposes) -> bool {
    if (purposes.empty()) return true;
    auto const all = owned<EXTENDED_KEY_USAGE, free_purposes>(EXTENDED_KEY_USAGE_new());
    if (!all) return false;
    for (auto const& p : purposes) {
        auto* const id = OBJ_txt2obj(p.c_str(), 1);
        if (id == nullptr || sk_ASN1_OBJECT_push(all.get(), id) == 0) return false;
    }
    return X509_add1_ext_i2d(c, NID_ext_key_usage, all.get(), 0, X509V3_ADD_DEFAULT) == 1;
}

/// Adds an extension that OpenSSL makes of the keys: whose certificate it is, and who signed it.
inline auto add_key_id(X509* c, X509* issuer, int which, char const* how) -> bool {
    auto context = X509V3_CTX{};
    X509V3_set_ctx(&context, issuer, c, nullptr, nullptr, 0);
    auto const made = extension(X509V3_EXT_conf_nid(nullptr, &context, which, how));
    return made && X509_add_ext(c, made.get(), -1) == 1;
}

inline auto free_names(GENERAL_NAMES* all) -> void { GENERAL_NAMES_free(all); }
inline auto free_extensions(STACK_OF(X509_EXTENSION) * all) -> void {
    sk_X509_EXTENSION_pop_free(all, X509_EXTENSION_free);
}

/// The other names that a request is for; no other extension of it counts.
inline auto copy_names(X509* c, X509_REQ* request) -> bool {
    auto const asked = owned<STACK_OF(X509_EXTENSION), free_extensions>(X509_REQ_get_extensions(request));
    if (!asked) return true;
    auto const names = owned<GENERAL_NAMES, free_names>(
        static_cast<GENERAL_NAMES*>(X509V3_get_d2i(asked.get(), NID_subject_alt_name, nullptr, nullptr)));
    if (!names) return true;
    auto const nameless = X509_NAME_entry_count(X509_get_subject_name(c)) == 0;
    return X509_add1_ext_i2d(c, NID_subject_alt_name, names.get(), nameless ? 1 : 0, X509V3_ADD_DEFAULT) == 1;
}

inline auto pem_of(X509* c) -> std::string {
    auto const to = writing();
    PEM_write_bio_X509(to.get(), c);
    return text_of(to);
}

} // namespace berth::credentials::detail

namespace berth::credentials {

BERTH_DECL auto authority::make(std::string_view common_name, time_point now) -> result<authority> {
    auto key = private_key::generate();
    if (!key) return std::unexpected(std::move(key).error());
    auto c = detail::certificate(X509_new());
    if (!c) return detail::certificate_failed();
    auto* const name = X509_get_subject_name(c.get());
    auto const begin = now - detail::authority_backdate;
    auto const made =
        X509_set_version(c.get(), X509_VERSION_3) == 1 && detail::set_serial(c.get()) &&
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, detail::bytes_of(common_name),
                                   static_cast<int>(common_name.size()), -1, 0) == 1 &&
        X509_set_issuer_name(c.get(), name) == 1 && detail::set_time(X509_getm_notBefore(c.get()), begin) &&
        detail::set_time(X509_getm_notAfter(c.get()), begin + detail::authority_life) &&
        X509_set_pubkey(c.get(), key->native()) == 1 && detail::add_constraints(c.get(), true) &&
        detail::add_usages(c.get(), {key_usage::digital_signature, key_usage::key_encipherment,
                                     key_usage::cert_sign, key_usage::crl_sign}) &&
        detail::add_key_id(c.get(), c.get(), NID_subject_key_identifier, "hash") &&
        X509_sign(c.get(), key->native(), EVP_sha256()) > 0;
    if (!made) return detail::certificate_failed();
    auto pem = detail::pem_of(c.get());
    return authority({c.release(), X509_free}, *std::move(key), std::move(pem));
}

BERTH_DECL auto authority::from_pem(std::string_view certificate, std::string_view key) -> result<authority> {
    auto read = private_key::from_pem(key);
    if (!read) return std::unexpected(std::move(read).error());
    auto const from = detail::reading(certificate);
    auto c = detail::certificate(PEM_read_bio_X509(from.get(), nullptr, nullptr, nullptr));
    if (!c) return detail::openssl_failed(error_code::invalid, "there is no certificate");
    if (X509_check_private_key(c.get(), read->native()) != 1)
        return detail::openssl_failed(error_code::invalid, "the certificate is not that of the key");
    if (X509_check_ca(c.get()) != 1)
        return fail(error_code::invalid, "the certificate is not that of an authority");
    auto pem = detail::pem_of(c.get());
    return authority({c.release(), X509_free}, *std::move(read), std::move(pem));
}

BERTH_DECL auto authority::sign(certificate_order const& order) const -> result<std::string> {
    if (auto own = verify_request(order.request); !own) return std::unexpected(std::move(own).error());
    auto const request = detail::read_request(order.request);
    if (!request) return std::unexpected(request.error());
    auto const c = detail::certificate(X509_new());
    auto* const issuer = certificate_.get();
    auto const end = std::min(order.not_after, detail::end_of(issuer));
    auto const made =
        c && X509_set_version(c.get(), X509_VERSION_3) == 1 && detail::set_serial(c.get()) &&
        X509_set_subject_name(c.get(), X509_REQ_get_subject_name(request->get())) == 1 &&
        X509_set_issuer_name(c.get(), X509_get_subject_name(issuer)) == 1 &&
        detail::set_time(X509_getm_notBefore(c.get()), order.not_before) &&
        detail::set_time(X509_getm_notAfter(c.get()), end) &&
        X509_set_pubkey(c.get(), X509_REQ_get0_pubkey(request->get())) == 1 &&
        detail::add_usages(c.get(), order.usages) && detail::add_purposes(c.get(), order.purposes) &&
        detail::add_constraints(c.get(), false) &&
        detail::add_key_id(c.get(), issuer, NID_authority_key_identifier, "keyid") &&
        detail::copy_names(c.get(), request->get()) && X509_sign(c.get(), key_.native(), EVP_sha256()) > 0;
    if (!made) return detail::certificate_failed();
    return detail::pem_of(c.get());
}

} // namespace berth::credentials

/// \file
/// A certificate authority.

#include <berth/core/credentials/authority.hpp>
#include <berth/core/pem.hpp>

#include <catch2/catch_test_macros.hpp>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

using namespace berth;
using namespace berth::credentials;

namespace {

constexpr auto now = time_point::from_unix_seconds(1'767'225'600); // 2026-01-01T00:00:00Z

/// For `CN=n1,O=g` and the names n1 and 10.0.0.1. Made for this test.
constexpr std::string_view request_pem = "-----BEGIN CERTIFICATE REQUEST-----\n"
                                         "MIH5MIGhAgEAMBkxCjAIBgNVBAoMAWcxCzAJBgNVBAMMAm4xMFkwEwYHKoZIzj0C\n"
                                         "AQYIKoZIzj0DAQcDQgAEcTec/NCmfMZaQYq38c/a637BOEtI4HoI/SeVeNbat8Sr\n"
                                         "dL3/ke738pYBE9uP2g4osGOD2/TqD5HNzITFeRbjyKAmMCQGCSqGSIb3DQEJDjEX\n"
                                         "MBUwEwYDVR0RBAwwCoICbjGHBAoAAAEwCgYIKoZIzj0EAwIDRwAwRAIgV2RFQChu\n"
                                         "lRHxE5g87VkyMCaQrsatFtMIqcrE4n6LBhsCIG/aBoukAscCcuQXRmR8Ex90/aon\n"
                                         "TZYy36Aq9zdOSge4\n"
                                         "-----END CERTIFICATE REQUEST-----\n";

using certificate = std::unique_ptr<X509, decltype(&X509_free)>;

auto read(std::string const& pem) -> certificate {
    auto const from = std::unique_ptr<BIO, decltype(&BIO_free)>(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
    return {PEM_read_bio_X509(from.get(), nullptr, nullptr, nullptr), &X509_free};
}

auto order() -> certificate_order {
    auto o = certificate_order{};
    o.request = next_pem_block(request_pem)->bytes;
    o.usages = {key_usage::digital_signature, key_usage::decipher_only};
    o.purposes = {"1.3.6.1.5.5.7.3.2"};
    o.not_before = now - minutes(5);
    o.not_after = now + minutes(60);
    return o;
}

auto seconds_until(X509 const* c, ASN1_TIME const* at) -> std::int64_t {
    auto days = 0;
    auto rest = 0;
    ASN1_TIME_diff(&days, &rest, X509_get0_notBefore(c), at);
    return std::int64_t{days} * 86400 + rest;
}

} // namespace

TEST_CASE("an authority vouches for itself") {
    auto const a = authority::make("harbour", now).value();
    auto const c = read(a.certificate());
    REQUIRE(c);
    CHECK(X509_check_ca(c.get()) == 1);
    CHECK(X509_verify(c.get(), X509_get0_pubkey(c.get())) == 1);
    CHECK(seconds_until(c.get(), X509_get0_notAfter(c.get())) == std::int64_t{86400} * 3650);
    CHECK((X509_get_key_usage(c.get()) & KU_KEY_CERT_SIGN) != 0);
    CHECK(authority::make("harbour", now).value().certificate() != a.certificate());
}

TEST_CASE("an authority signs the subject, the key and the names of a request, for what is ordered") {
    auto const a = authority::make("harbour", now).value();
    auto const signed_pem = a.sign(order()).value();
    auto const c = read(signed_pem);
    REQUIRE(c);
    CHECK(X509_verify(c.get(), X509_get0_pubkey(read(a.certificate()).get())) == 1);
    CHECK(X509_check_issued(read(a.certificate()).get(), c.get()) == X509_V_OK);
    CHECK(X509_get_version(c.get()) == X509_VERSION_3);
    auto name = std::string(64, '\0');
    X509_NAME_get_text_by_NID(X509_get_subject_name(c.get()), NID_commonName, name.data(), 64);
    CHECK(std::string_view(name.c_str()) == "n1");
    CHECK(X509_check_host(c.get(), "n1", 2, 0, nullptr) == 1);
    CHECK(X509_check_ip_asc(c.get(), "10.0.0.1", 0) == 1);
    CHECK(X509_check_ca(c.get()) == 0);
    CHECK(X509_get_key_usage(c.get()) == (KU_DIGITAL_SIGNATURE | KU_DECIPHER_ONLY));
    CHECK(X509_get_extended_key_usage(c.get()) == XKU_SSL_CLIENT);
    CHECK(seconds_until(c.get(), X509_get0_notAfter(c.get())) == 65 * 60);
    CHECK(a.sign(order()).value() != signed_pem); // another number
    CHECK(signer_of(a)(order()).has_value());
}

TEST_CASE("no certificate lasts longer than its authority") {
    auto const a = authority::make("harbour", now).value();
    auto o = order();
    o.not_after = now + minutes(60) * (24 * 36500);
    auto const c = read(a.sign(o).value());
    CHECK(ASN1_TIME_compare(X509_get0_notAfter(c.get()), X509_get0_notAfter(read(a.certificate()).get())) ==
          0);
}

TEST_CASE("a request that is none, or was signed by another key, is refused") {
    auto const a = authority::make("harbour", now).value();
    auto o = order();
    auto const whole = o.request;
    for (std::size_t i = 0; i < whole.size(); i += 3) {
        o.request = whole.substr(0, i);
        CHECK(a.sign(o).error().code == error_code::invalid);
    }
    o.request = whole;
    o.request.back() = static_cast<char>(o.request.back() ^ 1);
    auto const refused = a.sign(o);
    CHECK(refused.error().code == error_code::invalid);
    CHECK(refused.error().message == "x509: ECDSA verification failure");
    o.request = whole;
    o.purposes = {"no number"};
    CHECK(a.sign(o).error().code == error_code::internal);
}

TEST_CASE("an authority is the same after it was written down, with its own key only") {
    auto const a = authority::make("harbour", now).value();
    auto const again = authority::from_pem(a.certificate(), a.key().to_pem()).value();
    CHECK(again.certificate() == a.certificate());
    CHECK(X509_check_issued(read(a.certificate()).get(), read(again.sign(order()).value()).get()) ==
          X509_V_OK);
    auto const other = authority::make("harbour", now).value();
    CHECK(authority::from_pem(a.certificate(), other.key().to_pem()).error().code == error_code::invalid);
    CHECK(authority::from_pem("nonsense", a.key().to_pem()).error().code == error_code::invalid);
    auto const leaf = a.sign(order()).value();
    CHECK_FALSE(authority::from_pem(leaf, a.key().to_pem()));
}

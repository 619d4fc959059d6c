/// \file
/// Requests for certificates and their signatures.

#include <berth/core/credentials/certificate_request.hpp>

#include <catch2/catch_test_macros.hpp>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

using namespace berth;

namespace {

using key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

auto own(EVP_PKEY* k) -> key { return {k, &EVP_PKEY_free}; }

/// A request for `subject`'s key that `by` signs.
auto request(EVP_PKEY* subject, EVP_PKEY* by, EVP_MD const* digest) -> std::string {
    auto const r = std::unique_ptr<X509_REQ, decltype(&X509_REQ_free)>(X509_REQ_new(), &X509_REQ_free);
    X509_REQ_set_pubkey(r.get(), subject);
    REQUIRE(X509_REQ_sign(r.get(), by, digest) > 0);
    auto* bytes = static_cast<unsigned char*>(nullptr);
    auto const size = i2d_X509_REQ(r.get(), &bytes);
    auto out = std::string(reinterpret_cast<char const*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return out;
}

auto complaint(std::string const& der) -> std::string {
    auto const said = credentials::verify_request(der);
    if (said) return {};
    CHECK(said.error().code == error_code::invalid);
    return said.error().message;
}

} // namespace

TEST_CASE("a request that its own key signed is one, whatever the key") {
    auto const rsa = own(EVP_RSA_gen(2048));
    auto const ec = own(EVP_EC_gen("P-256"));
    auto const ed = own(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    CHECK(complaint(request(rsa.get(), rsa.get(), EVP_sha256())).empty());
    CHECK(complaint(request(rsa.get(), rsa.get(), EVP_sha1())).empty());
    CHECK(complaint(request(ec.get(), ec.get(), EVP_sha384())).empty());
    CHECK(complaint(request(ed.get(), ed.get(), nullptr)).empty());
}

TEST_CASE("a request that another key signed is refused in Go's words") {
    auto const rsa = own(EVP_RSA_gen(2048));
    auto const ec = own(EVP_EC_gen("P-256"));
    auto const ed = own(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    CHECK(complaint(request(rsa.get(), own(EVP_RSA_gen(2048)).get(), EVP_sha256())) ==
          "crypto/rsa: verification error");
    CHECK(complaint(request(ec.get(), own(EVP_EC_gen("P-256")).get(), EVP_sha256())) ==
          "x509: ECDSA verification failure");
    auto const other = own(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    CHECK(complaint(request(ed.get(), other.get(), nullptr)) == "x509: Ed25519 verification failure");
    CHECK(complaint(request(rsa.get(), ec.get(), EVP_sha256())) ==
          "x509: signature algorithm specifies an ECDSA public key, but have public key of type "
          "*rsa.PublicKey");
}

TEST_CASE("signatures that prove nothing are refused") {
    auto const rsa = own(EVP_RSA_gen(2048));
    auto const far = own(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED448"));
    CHECK(complaint(request(rsa.get(), rsa.get(), EVP_md5())) ==
          "x509: cannot verify signature: insecure algorithm MD5-RSA");
    CHECK(complaint(request(far.get(), far.get(), nullptr)) ==
          "x509: cannot verify signature: algorithm unimplemented");
    auto const whole = request(rsa.get(), rsa.get(), EVP_sha256());
    for (std::size_t i = 0; i < whole.size(); i += 7)
        CHECK(complaint(whole.substr(0, i)).starts_with("unable to parse certificate request"));
}

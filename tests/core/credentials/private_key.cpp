/// \file
/// Private keys.

#include <berth/core/credentials/private_key.hpp>

#include <catch2/catch_test_macros.hpp>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <memory>
#include <string>

using namespace berth;
using credentials::private_key;
using credentials::signer_of;

namespace {

/// A key as OpenSSL makes and writes it.
auto pem_of(EVP_PKEY* made) -> std::string {
    auto const key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>(made, &EVP_PKEY_free);
    auto const to = std::unique_ptr<BIO, decltype(&BIO_free)>(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_PrivateKey(to.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    auto* data = static_cast<char*>(nullptr);
    auto const size = BIO_get_mem_data(to.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

} // namespace

TEST_CASE("what a key signed it knows again, and nothing else") {
    auto const key = private_key::generate().value();
    auto const s = signer_of(key);
    CHECK(s.algorithm == "ES256");
    auto const signature = s.sign("the bytes").value();
    CHECK(signature.size() == 64);
    CHECK(s.verify("the bytes", signature));
    CHECK_FALSE(s.verify("the byte", signature));
    CHECK_FALSE(s.verify("the bytes", signature.substr(1)));
    CHECK_FALSE(s.verify("the bytes", ""));
    CHECK_FALSE(s.verify("the bytes", std::string(64, '\0')));
    for (std::size_t i = 0; i < signature.size(); ++i) {
        auto bent = signature;
        bent[i] = static_cast<char>(bent[i] ^ 1);
        CHECK_FALSE(s.verify("the bytes", bent));
    }
    auto const other = signer_of(private_key::generate().value());
    CHECK_FALSE(other.verify("the bytes", signature));
    CHECK(other.key_id != s.key_id);
}

TEST_CASE("a key is the same after it was written down") {
    auto const key = private_key::generate().value();
    auto const again = private_key::from_pem(key.to_pem()).value();
    CHECK(again.to_pem() == key.to_pem());
    CHECK(again.public_pem() == key.public_pem());
    CHECK(key.public_pem().starts_with("-----BEGIN PUBLIC KEY-----\n"));
    CHECK(signer_of(again).key_id == signer_of(key).key_id);
    CHECK(signer_of(again).verify("x", signer_of(key).sign("x").value()));
}

TEST_CASE("a key of RSA signs as RS256") {
    auto const s = signer_of(private_key::from_pem(pem_of(EVP_RSA_gen(2048))).value());
    CHECK(s.algorithm == "RS256");
    CHECK(s.sign("x").value() == s.sign("x").value());
    CHECK(s.verify("x", s.sign("x").value()));
    CHECK(s.jwk.find(R"("kty":"RSA")") != std::string::npos);
    CHECK(s.jwk.find(R"("e":"AQAB")") != std::string::npos);
}

TEST_CASE("the public part is told as a JSON Web Key") {
    auto const s = signer_of(private_key::generate().value());
    CHECK(s.jwk.starts_with(R"({"use":"sig","kid":")" + s.key_id +
                            R"(","alg":"ES256","kty":"EC","crv":"P-256","x":")"));
    CHECK(s.key_id.size() == 43);
    CHECK(s.jwk.size() > 2 * 43 + 43);
}

TEST_CASE("what is no key, or too weak, or of another sort is refused") {
    CHECK(private_key::from_pem("").error().code == error_code::invalid);
    CHECK(private_key::from_pem("nonsense").error().code == error_code::invalid);
    auto const pem = private_key::generate().value().to_pem();
    for (std::size_t i = 0; i + 30 < pem.size(); i += 7) CHECK_FALSE(private_key::from_pem(pem.substr(0, i)));
    CHECK(private_key::from_pem(pem_of(EVP_RSA_gen(1024))).error().message ==
          "a private key must be one on P-256, or one of RSA with at least 2048 bits");
    CHECK_FALSE(private_key::from_pem(pem_of(EVP_EC_gen("P-384"))));
}

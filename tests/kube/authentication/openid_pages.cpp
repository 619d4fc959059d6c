/// \file
/// The documents by which others verify tokens: read as a library does that knows nothing of us.

#include "token_desk.hpp"

#include <berth/core/base64url.hpp>
#include <berth/core/credentials/private_key.hpp>
#include <berth/kube/authentication/openid_pages.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <catch2/catch_test_macros.hpp>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <memory>

using namespace test;

namespace {

auto text(boost::json::value const& v, char const* name) -> std::string {
    return std::string(v.at(name).as_string());
}

auto decoded(std::string const& url) -> std::string { return base64url_decode(url).value(); }

auto bytes(std::string const& s) -> unsigned char const* {
    return reinterpret_cast<unsigned char const*>(s.data());
}

/// The public key that a JSON Web Key says.
auto key_of(boost::json::value const& jwk) -> std::shared_ptr<EVP_PKEY> {
    auto const build = std::shared_ptr<OSSL_PARAM_BLD>(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    auto const rsa = text(jwk, "kty") == "RSA";
    auto numbers = std::vector<std::shared_ptr<BIGNUM>>();
    auto point = std::string("\x04");
    if (rsa) {
        for (auto const& [name, param] :
             {std::pair{"n", OSSL_PKEY_PARAM_RSA_N}, {"e", OSSL_PKEY_PARAM_RSA_E}}) {
            auto const number = decoded(text(jwk, name));
            numbers.emplace_back(BN_bin2bn(bytes(number), static_cast<int>(number.size()), nullptr), BN_free);
            OSSL_PARAM_BLD_push_BN(build.get(), param, numbers.back().get());
        }
    } else {
        point += decoded(text(jwk, "x")) + decoded(text(jwk, "y"));
        OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
        OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    }
    auto const params = std::shared_ptr<OSSL_PARAM>(OSSL_PARAM_BLD_to_param(build.get()), OSSL_PARAM_free);
    auto const context = std::shared_ptr<EVP_PKEY_CTX>(
        EVP_PKEY_CTX_new_from_name(nullptr, rsa ? "RSA" : "EC", nullptr), EVP_PKEY_CTX_free);
    auto* key = static_cast<EVP_PKEY*>(nullptr);
    REQUIRE(EVP_PKEY_fromdata_init(context.get()) == 1);
    REQUIRE(EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) == 1);
    return {key, EVP_PKEY_free};
}

/// A signature of JSON Web Signatures as OpenSSL wants it.
auto der_of(std::string const& signature, bool rsa) -> std::string {
    if (rsa) return signature;
    REQUIRE(signature.size() == 64);
    auto const s = std::shared_ptr<ECDSA_SIG>(ECDSA_SIG_new(), ECDSA_SIG_free);
    ECDSA_SIG_set0(s.get(), BN_bin2bn(bytes(signature), 32, nullptr),
                   BN_bin2bn(bytes(signature) + 32, 32, nullptr));
    auto* raw = static_cast<unsigned char*>(nullptr);
    auto const size = i2d_ECDSA_SIG(s.get(), &raw);
    auto out = std::string(reinterpret_cast<char*>(raw), static_cast<std::size_t>(size));
    OPENSSL_free(raw);
    return out;
}

/// Whether a token is signed with the key of a set that it names.
auto verifies(std::string const& token, std::string const& keys) -> bool {
    auto const first = token.find('.');
    auto const last = token.rfind('.');
    auto const header = boost::json::parse(decoded(token.substr(0, first)));
    auto const all = boost::json::parse(keys);
    for (auto const& jwk : all.at("keys").as_array()) {
        if (text(jwk, "kid") != text(header, "kid") || text(jwk, "alg") != text(header, "alg")) continue;
        auto const signature = der_of(decoded(token.substr(last + 1)), text(jwk, "kty") == "RSA");
        auto const context = std::shared_ptr<EVP_MD_CTX>(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        auto const key = key_of(jwk);
        REQUIRE(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1);
        return EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(token), last) == 1;
    }
    return false;
}

auto rsa_key() -> credentials::private_key {
    auto const key = std::shared_ptr<EVP_PKEY>(EVP_RSA_gen(2048), EVP_PKEY_free);
    auto const to = std::shared_ptr<BIO>(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PrivateKey(to.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    auto* data = static_cast<char*>(nullptr);
    auto const size = BIO_get_mem_data(to.get(), &data);
    return credentials::private_key::from_pem({data, static_cast<std::size_t>(size)}).value();
}

} // namespace

TEST_CASE("who reads the documents can verify the tokens, on a curve and with RSA") {
    for (auto const& key : {credentials::private_key::generate().value(), rsa_key()}) {
        auto const by = kube::token_authority(credentials::signer_of(key), {.issuer = "https://here"});
        auto const keys = kube::openid_keys(by);
        auto const config = boost::json::parse(kube::openid_configuration(by, "http://x/openid/v1/jwks"));
        CHECK(text(config, "issuer") == "https://here");
        CHECK(text(config, "jwks_uri") == "http://x/openid/v1/jwks");
        CHECK(config.at("id_token_signing_alg_values_supported").as_array().at(0).as_string() ==
              by.key().algorithm);
        auto claims = kube::token_claims();
        claims.subject = "system:serviceaccount:default:robot";
        auto token = by.issue(claims).value();
        CHECK(verifies(token, keys));
        auto const other =
            kube::token_authority(credentials::signer_of(credentials::private_key::generate().value()));
        CHECK_FALSE(verifies(token, kube::openid_keys(other)));
        token[token.find('.') + 3] = token[token.find('.') + 3] == 'a' ? 'b' : 'a';
        CHECK_FALSE(verifies(token, keys));
    }
}

TEST_CASE("the documents are those of Kubernetes, member by member") {
    auto const by = digest_authority("k", {.issuer = "https://kubernetes.default.svc"});
    CHECK(kube::openid_configuration(by, "https://10.0.0.1/openid/v1/jwks") ==
          R"({"issuer":"https://kubernetes.default.svc","jwks_uri":"https://10.0.0.1/openid/v1/jwks",)"
          R"("response_types_supported":["id_token"],"subject_types_supported":["public"],)"
          R"("id_token_signing_alg_values_supported":["D256"]})");
    CHECK(kube::openid_keys(by) == R"({"keys":[{}]})");
}

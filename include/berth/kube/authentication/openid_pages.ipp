#pragma once

/// \file
/// The bodies of `berth/kube/authentication/openid_pages.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/authentication/openid_pages.hpp>
#include <berth/object/encode.hpp>

namespace berth::kube {

BERTH_DECL auto openid_configuration(token_authority const& by, std::string_view keys_url) -> std::string {
    auto out = std::string(R"({"issuer":)");
    object::append_json_string(out, by.options().issuer);
    out += R"(,"jwks_uri":)";
    object::append_json_string(out, keys_url);
    out += R"(,"response_types_supported":["id_token"],"subject_types_supported":["public"],)";
    out += R"("id_token_signing_alg_values_supported":[)";
    object::append_json_string(out, by.key().algorithm);
    return out += "]}";
}

BERTH_DECL auto openid_keys(token_authority const& by) -> std::string {
    return R"({"keys":[)" + by.key().jwk + "]}";
}

} // namespace berth::kube

#pragma once

/// \file
/// Requests for certificates of which nothing is to be complained.

#include "../../complaints.hpp"

#include <berth/kube/certificates/certificate_signing_request/type.hpp>

namespace test {

/// Of the user `ann` in the group `devs`, or of `eve` in `system:masters`.
inline constexpr std::string_view anns_request =
    "-----BEGIN CERTIFICATE REQUEST-----\n"
    "MIGcMFACAQAwHTENMAsGA1UECgwEZGV2czEMMAoGA1UEAwwDYW5uMCowBQYDK2Vw\n"
    "AyEAAjUCVsmWZvpqn+/yUzhCSLT4FnHVmjj9XZ1vZrEUf9SgADAFBgMrZXADQQBs\n"
    "NPr54jPEt3eqb+0P7jFihYk1ZJGLxU7j6ZP+y3EXMr/q32cLiwHxIeGAFbl/GBcQ\n"
    "EBgI0mRTd/5FEEwDuTkE\n"
    "-----END CERTIFICATE REQUEST-----\n";
inline constexpr std::string_view eves_request =
    "-----BEGIN CERTIFICATE REQUEST-----\n"
    "MIGmMFoCAQAwJzEXMBUGA1UECgwOc3lzdGVtOm1hc3RlcnMxDDAKBgNVBAMMA2V2\n"
    "ZTAqMAUGAytlcAMhAIX9apP6VH7ZThhS77dA3OTyNw1jzSLyqBm/56/yMS5moAAw\n"
    "BQYDK2VwA0EA5XyiMZdS+MsgGvsF0xudJOmYcV3zpNaa8wrWroAwtid87ZX0b73S\n"
    "mrW7ty3VBsEP6Vzm0WxgNNa5cxk4Fc6GBw==\n"
    "-----END CERTIFICATE REQUEST-----\n";

inline auto sound_request() -> kube::certificate_signing_request {
    auto r = named<kube::certificate_signing_request>();
    r.spec.request.data = std::string(anns_request);
    r.spec.signer_name = "example.com/sign";
    r.spec.usages = {"digital signature", "client auth"};
    return r;
}

inline auto decided(std::string type, std::string status = "True") -> kube::certificate_signing_request {
    auto r = sound_request();
    auto& c = r.status.conditions.emplace_back();
    c.type = std::move(type);
    c.status = std::move(status);
    return r;
}

} // namespace test

#pragma once

/// \file
/// The bodies of `berth/api/continue_token.hpp`.

#include <berth/api/continue_token.hpp>
#include <berth/core/base64url.hpp>
#include <berth/core/config.hpp>

namespace berth::api {

BERTH_DECL auto continue_token::encode() const -> std::string {
    auto json = std::string(R"({"v":"meta.k8s.io/v1","rv":)");
    object::append_json_number(json, revision);
    json += R"(,"start":)";
    object::append_json_string(json, start);
    json += '}';
    return base64url_encode(json);
}

BERTH_DECL auto continue_token::decode(std::string_view text) -> result<continue_token> {
    auto const refuse = [](std::string_view why) {
        return bad_request("invalid continue token: continue key is not valid: " + std::string(why));
    };
    auto const json = base64url_decode(text);
    if (!json) return refuse(json.error().message);
    auto const document = object::parse_document(*json);
    if (!document) return refuse(document.error().message);
    auto const* object = document->value.if_object();
    auto const text_of = [&](char const* name) -> std::string {
        auto const* v = object == nullptr ? nullptr : object->if_contains(name);
        return v != nullptr && v->is_string() ? std::string(v->get_string()) : std::string();
    };
    auto const version = text_of("v");
    if (version != "meta.k8s.io/v1")
        return refuse("server does not recognize this encoded version " + version);
    auto const* rv = object->if_contains("rv");
    auto out = continue_token{rv != nullptr && rv->is_int64() ? rv->get_int64() : 0, text_of("start")};
    if (out.start.empty()) return refuse("encoded start key empty (version meta.k8s.io/v1)");
    if (out.revision == 0) return refuse("incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
    if (out.start.front() == '/' || ("/" + out.start + "/").find("/../") != std::string::npos)
        return refuse(out.start);
    return out;
}

} // namespace berth::api

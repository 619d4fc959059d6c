#pragma once

/// \file
/// Any request to the front, in the process: what the fuzzer runs, and a plain test over the kept corpus. The
/// first byte says what is asked, the rest is the body, or the selectors.

#include "../api/http/harbour.hpp"
#include "must.hpp"

#include <berth/api/http/service.hpp>
#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/api/yaml.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace berth::fuzz {

/// A front for boats, of which one is there.
struct small_front {
    api::memory_store objects;
    api::server desk{
        objects,
        harbour::kinds(),
        {.now = [] { return time_point::from_unix_seconds(1'577'836'800); }, .seed = 0, .admission = {}}};
    api::http::service service{desk, options()};

    static auto options() -> api::http::service_options {
        auto out = api::http::service_options{};
        out.yaml = [](std::string_view text) { return api::yaml_body_to_json(text); };
        return out;
    }
    auto ask(std::string_view method, std::string_view path, std::string_view parameters,
             std::string_view body, std::string_view type, std::string_view accept = "application/json")
        -> unsigned {
        auto const said =
            service({method, path, api::http::query(parameters), accept, type, body, "fuzz/1", {}, {}});
        auto const* const whole = std::get_if<api::http::response>(&said);
        return whole == nullptr ? 200 : whole->status;
    }
};

/// No request is answered with a 5xx.
inline auto send_request(std::string_view bytes) -> void {
    constexpr std::string_view boats = "/apis/harbour.io/v1/namespaces/bay/boats";
    constexpr std::string_view tern = "/apis/harbour.io/v1/namespaces/bay/boats/tern";
    constexpr std::string_view json = "application/json";
    struct form {
        std::string_view method, path, parameters, type;
    };
    static constexpr form forms[] = {
        {"POST", boats, "fieldValidation=Strict", json},
        {"POST", boats, "dryRun=All", "application/yaml"},
        {"POST", boats, "", "application/vnd.kubernetes.protobuf"},
        {"PUT", tern, "", json},
        {"PATCH", tern, "", "application/json-patch+json"},
        {"PATCH", tern, "fieldValidation=Warn", "application/merge-patch+json"},
        {"PATCH", tern, "", "application/strategic-merge-patch+json"},
        {"PATCH", tern, "fieldManager=fuzz&force=true", "application/apply-patch+yaml"},
        {"PATCH", "/apis/harbour.io/v1/namespaces/bay/boats/scale-me/scale", "fieldManager=fuzz",
         "application/apply-patch+yaml"},
        {"PUT", "/apis/harbour.io/v1/namespaces/bay/boats/tern/scale", "", json},
        {"DELETE", tern, "", json},
        {"DELETE", boats, "", json},
    };
    constexpr auto count = std::size(forms);
    if (bytes.empty()) return;
    auto front = small_front();
    must(front.ask("POST", boats, "", harbour::boat_text("tern"), json) == 201);
    auto const what = static_cast<unsigned char>(bytes.front()) % (count + 2);
    bytes.remove_prefix(1);
    if (what < count) {
        auto const& f = forms[what];
        must(front.ask(f.method, f.path, f.parameters, bytes, f.type) < 500);
    } else {
        auto const parameters = (what == count ? "labelSelector=" : "fieldSelector=") + std::string(bytes);
        auto const status = front.ask("GET", boats, parameters, "", "");
        must(status < 500);
    }
    must(front.ask("GET", boats, "", "", "") == 200); // whatever is stored can be read
}

} // namespace berth::fuzz

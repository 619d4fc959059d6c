#pragma once

/// \file
/// Outcomes as `Status` objects (apimachinery 1.36, `meta/v1`), and warnings as headers.

#include <berth/api/http/message.hpp>
#include <berth/core/error.hpp>
#include <berth/object/encode.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api::http {

namespace detail {

/// Appends `,"name":"text"`, or nothing if the text is empty.
inline auto append_member(std::string& out, std::string_view name, std::string_view text) -> void {
    if (text.empty()) return;
    if (out.back() != '{') out += ',';
    object::append_json_string(out, name);
    out += ':';
    object::append_json_string(out, text);
}

inline auto append_causes(std::string& out, std::vector<error_cause> const& causes) -> void {
    if (causes.empty()) return;
    out += out.back() == '{' ? "\"causes\":[" : ",\"causes\":[";
    for (auto const& c : causes) {
        out += out.back() == '[' ? "{" : ",{";
        append_member(out, "reason", c.reason);
        append_member(out, "message", c.message);
        append_member(out, "field", c.field);
        out += '}';
    }
    out += ']';
}

/// `details`: always there in a failure, for some codes even when it says nothing.
inline auto append_details(std::string& out, error_details const& details) -> void {
    out += ",\"details\":{";
    append_member(out, "name", details.name);
    append_member(out, "group", details.group);
    append_member(out, "kind", details.kind);
    append_member(out, "uid", details.uid);
    append_causes(out, details.causes);
    if (details.retry_after_seconds != 0) {
        out += out.back() == '{' ? "\"retryAfterSeconds\":" : ",\"retryAfterSeconds\":";
        object::append_json_number(out, details.retry_after_seconds);
    }
    out += '}';
}

constexpr std::string_view status_head = R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":)";

inline auto is_empty(error_details const& d) -> bool { return d == error_details{}; }

} // namespace detail

/// An error as a `Status` object's JSON text.
[[nodiscard]] inline auto status_text(error const& e) -> std::string {
    auto out = std::string(detail::status_head) + "\"Failure\"";
    detail::append_member(out, "message", e.message);
    detail::append_member(out, "reason", reason_of(e.code));
    if (e.code == error_code::not_found || !detail::is_empty(e.details))
        detail::append_details(out, e.details);
    out += ",\"code\":";
    object::append_json_number(out, http_status_of(e.code));
    return out += '}';
}

/// A success without an object, as a deletion and a binding answer it. `details` may be empty, and so may be
/// the code (0), which Kubernetes tells of creations only.
[[nodiscard]] inline auto success_text(error_details const& details = {}, int code = 0) -> std::string {
    auto out = std::string(detail::status_head) + "\"Success\"";
    if (!detail::is_empty(details)) detail::append_details(out, details);
    if (code != 0) {
        out += ",\"code\":";
        object::append_json_number(out, code);
    }
    return out += '}';
}

/// The answer that tells an error.
[[nodiscard]] inline auto failure(error const& e) -> response {
    auto out = response{};
    out.status = static_cast<unsigned>(http_status_of(e.code));
    out.text = status_text(e);
    if (e.details.retry_after_seconds != 0)
        out.headers.emplace_back("Retry-After", std::to_string(e.details.retry_after_seconds));
    return out;
}

/// What a server says of a path under its API that it does not know.
[[nodiscard]] inline auto unknown_resource() -> error {
    return {error_code::not_found, "the server could not find the requested resource", {}};
}

/// What a server says of a method that a known path does not have.
[[nodiscard]] inline auto method_not_allowed() -> error {
    return {error_code::method_not_allowed,
            "the server does not allow this method on the requested resource",
            {}};
}

/// Adds each warning as a header `Warning: 299 - "text"` (KEP 1693), once.
inline auto add_warnings(header_fields& headers, std::vector<std::string> const& warnings) -> void {
    for (std::size_t i = 0; i < warnings.size(); ++i) {
        auto const here = warnings.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::find(warnings.begin(), here, *here) != here) continue;
        auto text = std::string("299 - \"");
        for (auto const c : warnings[i]) {
            if (static_cast<unsigned char>(c) < 0x20) {
                text += ' ';
                continue;
            }
            if (c == '"' || c == '\\') text += '\\';
            text += c;
        }
        headers.emplace_back("Warning", text += '"');
    }
}

} // namespace berth::api::http

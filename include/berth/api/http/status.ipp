#pragma once

/// \file
/// The bodies of `berth/api/http/status.hpp`.

#include <berth/api/http/status.hpp>
#include <berth/core/config.hpp>

namespace berth::api::http::detail {

BERTH_DECL auto append_member(std::string& out, std::string_view name, std::string_view text) -> void {
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

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto status_text(error const& e) -> std::string {
    auto out = std::string(detail::status_head) + "\"Failure\"";
    detail::append_member(out, "message", e.message);
    detail::append_member(out, "reason", reason_of(e.code));
    if (e.code == error_code::not_found || !detail::is_empty(e.details))
        detail::append_details(out, e.details);
    out += ",\"code\":";
    object::append_json_number(out, http_status_of(e.code));
    return out += '}';
}

BERTH_DECL auto success_text(error_details const& details, int code) -> std::string {
    auto out = std::string(detail::status_head) + "\"Success\"";
    if (!detail::is_empty(details)) detail::append_details(out, details);
    if (code != 0) {
        out += ",\"code\":";
        object::append_json_number(out, code);
    }
    return out += '}';
}

BERTH_DECL auto failure(error const& e) -> response {
    auto out = response{};
    out.status = static_cast<unsigned>(http_status_of(e.code));
    out.text = status_text(e);
    if (e.details.retry_after_seconds != 0)
        out.headers.emplace_back("Retry-After", std::to_string(e.details.retry_after_seconds));
    add_warnings(out.headers, e.warnings);
    return out;
}

BERTH_DECL auto method_not_allowed() -> error {
    return {error_code::method_not_allowed,
            "the server does not allow this method on the requested resource",
            {}};
}

} // namespace berth::api::http

namespace berth::api::http::detail {

/// The greatest number of characters of all warnings of an answer, and of each once that is exceeded
/// (apiserver 1.36, `endpoints/filters/warning.go`).
inline constexpr std::size_t warning_characters = 4096;

inline constexpr std::size_t cut_warning_characters = 256;

BERTH_DECL auto extent_of(std::string_view text, std::size_t most) -> text_extent {
    auto out = text_extent{};
    while (out.bytes < text.size() && out.characters < most) {
        out.bytes += object::detail::first_code_point(text.substr(out.bytes)).length;
        ++out.characters;
    }
    return out;
}

inline auto warning_header(std::string_view warning) -> std::string {
    auto text = std::string("299 - \"");
    for (auto const c : warning) {
        if (static_cast<unsigned char>(c) < 0x20) {
            text += ' ';
            continue;
        }
        if (c == '"' || c == '\\') text += '\\';
        text += c;
    }
    return text += '"';
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto add_warnings(header_fields& headers, std::vector<std::string> const& warnings) -> void {
    auto seen = std::set<std::string_view>();
    auto distinct = std::vector<std::string_view>();
    for (auto const& w : warnings)
        if (!w.empty() && seen.insert(w).second) distinct.emplace_back(w);
    auto left = detail::warning_characters;
    auto const exceeding = std::find_if(distinct.begin(), distinct.end(), [&](std::string_view w) {
        auto const all = detail::extent_of(w, left + 1).characters;
        if (all > left) return true;
        left -= all;
        return false;
    });
    auto const fits = exceeding == distinct.end();
    auto written = std::size_t{0};
    for (auto w = distinct.begin(); w != distinct.end(); ++w) {
        if (w > exceeding && written >= detail::warning_characters) return;
        auto const shown = detail::extent_of(*w, fits ? w->size() : detail::cut_warning_characters);
        written += shown.characters;
        headers.emplace_back("Warning", detail::warning_header(w->substr(0, shown.bytes)));
    }
}

} // namespace berth::api::http

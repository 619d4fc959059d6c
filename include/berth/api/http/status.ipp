#pragma once

/// \file
/// The bodies of `berth/api/http/status.hpp`.

#include <berth/api/http/status.hpp>
#include <berth/core/config.hpp>

#include <algorithm>
#include <set>

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

using api::detail::wire_writer;

/// `StatusDetails` with the numbers of `meta/v1`.
inline auto write_details(wire_writer& wire, error_details const& details) -> void {
    wire.text(1, details.name);
    wire.text(2, details.group);
    wire.text(3, details.kind);
    for (auto const& c : details.causes)
        wire.message(4, [&](wire_writer& cause) {
            cause.text(1, c.reason);
            cause.text(2, c.message);
            cause.text(3, c.field);
        });
    wire.number(5, static_cast<std::uint64_t>(std::int64_t{details.retry_after_seconds}));
    wire.text(6, details.uid);
}

/// What a `Status` says besides its details.
struct status_words {
    std::string_view status;
    std::string_view message = {};
    std::string_view reason = {};
    int code = 0;
};

inline auto append_status(std::string& out, status_words const& w, error_details const& details) -> void {
    append_enveloped(out, "v1", "Status", [&](wire_writer& wire) {
        wire.message(1, [](wire_writer& meta) {
            for (auto const field : {1U, 2U, 3U}) meta.text(field, "");
        });
        wire.text(2, w.status);
        wire.text(3, w.message);
        wire.text(4, w.reason);
        if (!is_empty(details)) wire.message(5, [&](wire_writer& inner) { write_details(inner, details); });
        wire.number(6, static_cast<std::uint64_t>(std::int64_t{w.code}));
    });
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

BERTH_DECL auto append_status_protobuf(std::string& out, error const& e) -> void {
    detail::append_status(out, {"Failure", e.message, reason_of(e.code), http_status_of(e.code)}, e.details);
}

BERTH_DECL auto failure(error const& e, encoding in) -> response {
    auto out = response{};
    out.status = static_cast<unsigned>(http_status_of(e.code));
    if (in == encoding::protobuf) append_status_protobuf(out.text, e);
    else out.text = in_encoding(in, status_text(e));
    out.content_type = content_type_of(in);
    if (e.details.retry_after_seconds != 0)
        out.headers.emplace_back("Retry-After", std::to_string(e.details.retry_after_seconds));
    add_warnings(out.headers, e.warnings);
    return out;
}

BERTH_DECL auto success(error_details const& details, int code, encoding in) -> response {
    auto out = response{};
    if (code != 0) out.status = static_cast<unsigned>(code);
    if (in == encoding::protobuf) detail::append_status(out.text, {"Success", {}, {}, code}, details);
    else out.text = in_encoding(in, success_text(details, code));
    out.content_type = content_type_of(in);
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

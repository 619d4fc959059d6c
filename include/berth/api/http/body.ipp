#pragma once

/// \file
/// The bodies of `berth/api/http/body.hpp`.

#include <berth/api/http/body.hpp>
#include <berth/core/config.hpp>
#include <berth/object/parse.hpp>

#include <algorithm>

namespace berth::api::http::detail {

/// The media type of a Content-Type header, in small letters, without parameters.
inline auto media_type(std::string_view header) -> std::string {
    auto out = std::string(cut(header, ';'));
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

/// How many bytes a UTF-8 sequence at the beginning of a text has; 0: it is malformed.
inline auto utf8_length(std::string_view text) -> std::size_t {
    auto const byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    auto const first = byte(0);
    auto const length = first < 0x80   ? 1U
                        : first < 0xc2 ? 0U
                        : first < 0xe0 ? 2U
                        : first < 0xf0 ? 3U
                        : first < 0xf5 ? 4U
                                       : 0U;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xc0U) != 0x80) return 0;
    auto const second = byte(1);
    auto const outside = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
                         (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
    return outside ? 0 : length;
}

/// The code unit of an escape like `\u00e9` at the beginning of a text; nothing if there is none.
inline auto escaped_unit(std::string_view text) -> std::optional<unsigned> {
    if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return std::nullopt;
    auto unit = 0U;
    for (auto const c : text.substr(2, 4)) {
        auto const digit = hex_digit(c);
        if (digit < 0) return std::nullopt;
        unit = unit * 16 + static_cast<unsigned>(digit);
    }
    return unit;
}

/// Appends the escape at the beginning of a text, and answers its length. Half a surrogate pair becomes
/// U+FFFD.
inline auto copy_escape(std::string_view text, std::string& out) -> std::size_t {
    auto const unit = escaped_unit(text);
    auto const take = [&](std::size_t n) {
        n = std::min(n, text.size());
        out += text.substr(0, n);
        return n;
    };
    if (!unit) return take(2);
    if (*unit < 0xd800 || *unit > 0xdfff) return take(6);
    auto const second = escaped_unit(text.substr(6)).value_or(0);
    if (*unit < 0xdc00 && second >= 0xdc00 && second <= 0xdfff) return take(12);
    out += "\\ufffd";
    return 6;
}

/// Whether a text may have something to repair: bytes above ASCII, or escapes of surrogates.
inline auto is_suspicious(std::string_view text) -> bool {
    auto const high = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    return text.find("\\ud") != std::string_view::npos || text.find("\\uD") != std::string_view::npos ||
           std::any_of(text.begin(), text.end(), high);
}

BERTH_DECL auto repair(std::string_view text) -> std::string {
    if (!is_suspicious(text)) return std::string(text);
    auto out = std::string();
    out.reserve(text.size());
    while (!text.empty()) {
        auto n = std::size_t{1};
        if (text.front() == '\\') n = copy_escape(text, out);
        else if (auto const length = utf8_length(text); length != 0) out += text.substr(0, n = length);
        else out += "\xef\xbf\xbd";
        text.remove_prefix(n);
    }
    return out;
}

inline auto unknown_format(std::string_view accepted) -> std::unexpected<error> {
    return fail(error_code::unsupported_media_type,
                "the body of the request was in an unknown format - accepted media types include: " +
                    std::string(accepted));
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto read_body(std::string_view content_type, std::string_view body, std::string_view wanted,
                          yaml_reader const& yaml, protobuf_reader const& protobuf) -> result<std::string> {
    auto const type = detail::media_type(content_type);
    if (type.empty() || type == "application/json") return detail::repair(body);
    if (type == "application/vnd.kubernetes.protobuf") {
        if (!protobuf) return detail::unknown_format("application/json, application/yaml");
        auto json = protobuf(body);
        if (!json) return json;
        return detail::repair(*json);
    }
    if (type != "application/yaml" || !yaml)
        return detail::unknown_format(
            "application/json, application/yaml, application/vnd.kubernetes.protobuf");
    auto json = yaml(body);
    if (!json)
        return bad_request("the object provided is unrecognized (must be of type " + std::string(wanted) +
                           "): " + json.error().message);
    return json;
}

BERTH_DECL auto is_apply(std::string_view content_type) -> bool {
    return detail::media_type(content_type) == "application/apply-patch+yaml";
}

BERTH_DECL auto read_apply_body(std::string_view body, yaml_reader const& yaml) -> result<std::string> {
    constexpr auto space = " \t\r\n";
    auto const first = body.find_first_not_of(space);
    if (first == std::string_view::npos) return std::string("null");
    if (body.substr(first, body.find_last_not_of(space) + 1 - first) == "null") return std::string("null");
    auto text = detail::repair(body);
    if (!yaml || (body[first] == '{' && object::parse_document(text))) return text;
    auto json = yaml(body);
    if (!json) return bad_request("error decoding YAML: " + json.error().message);
    return json;
}

BERTH_DECL auto read_patch_type(std::string_view content_type, bool strategic) -> result<patch_type> {
    auto const type = detail::media_type(content_type);
    if (type == "application/json-patch+json") return patch_type::json;
    if (type == "application/merge-patch+json") return patch_type::merge;
    if (strategic && type == "application/strategic-merge-patch+json") return patch_type::strategic;
    return detail::unknown_format("application/json-patch+json, application/merge-patch+json, " +
                                  std::string(strategic ? "application/strategic-merge-patch+json, " : "") +
                                  "application/apply-patch+yaml");
}

} // namespace berth::api::http

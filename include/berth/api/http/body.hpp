#pragma once

/// \file
/// The bodies of requests: which formats are understood, and in which words others are refused
/// (apiserver 1.36, `NegotiateInputSerializer`, `PatchResource`).

#include <berth/api/errors.hpp>
#include <berth/api/http/query.hpp>
#include <berth/api/options.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>

namespace berth::api::http {

/// Turns the YAML of one document into JSON. Errors: `bad_request`, its message as `yaml: ...`.
using yaml_reader = std::function<result<std::string>(std::string_view)>;

namespace detail {

/// The media type of a Content-Type header, in small letters, without parameters.
inline auto media_type(std::string_view header) -> std::string {
    auto out = std::string(cut(header, ';'));
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

inline auto unknown_format(std::string_view accepted) -> std::unexpected<error> {
    return fail(error_code::unsupported_media_type,
                "the body of the request was in an unknown format - accepted media types include: " +
                    std::string(accepted));
}

} // namespace detail

/// The JSON of a body. `wanted` is the kind that it should be, for messages; `yaml` may be empty.
/// Errors: `unsupported_media_type`, `bad_request`.
[[nodiscard]] inline auto read_body(std::string_view content_type, std::string_view body, std::string_view wanted,
                                    yaml_reader const& yaml) -> result<std::string> {
    auto const type = detail::media_type(content_type);
    if (type.empty() || type == "application/json") return std::string(body);
    if (type == "application/vnd.kubernetes.protobuf")
        return detail::unknown_format("application/json, application/yaml");
    if (type != "application/yaml" || !yaml)
        return detail::unknown_format("application/json, application/yaml, application/vnd.kubernetes.protobuf");
    auto json = yaml(body);
    if (!json)
        return bad_request("the object provided is unrecognized (must be of type " + std::string(wanted) +
                           "): " + json.error().message);
    return json;
}

/// The form of a patch by its content type. Errors: `unsupported_media_type`; server-side apply is one of them.
[[nodiscard]] inline auto read_patch_type(std::string_view content_type) -> result<patch_type> {
    auto const type = detail::media_type(content_type);
    if (type == "application/json-patch+json") return patch_type::json;
    if (type == "application/merge-patch+json") return patch_type::merge;
    if (type == "application/strategic-merge-patch+json") return patch_type::strategic;
    return detail::unknown_format("application/json-patch+json, application/merge-patch+json, "
                                  "application/strategic-merge-patch+json");
}

} // namespace berth::api::http

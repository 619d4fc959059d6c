#pragma once

/// \file
/// The bodies of requests: which formats are understood, and in which words others are refused
/// (apiserver 1.36, `NegotiateInputSerializer`, `PatchResource`).

#include <berth/api/errors.hpp>
#include <berth/api/http/query.hpp>
#include <berth/api/options.hpp>
#include <berth/core/config.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace berth::api::http {

/// Turns the YAML of one document into JSON. Errors: `bad_request`, its message as `yaml: ...`.
using yaml_reader = std::function<result<std::string>(std::string_view)>;

/// Turns an object in protobuf into JSON, see `protobuf_to_json`. Errors: `bad_request`.
using protobuf_reader = std::function<result<std::string>(std::string_view)>;

namespace detail {

/// JSON as Go reads it: malformed UTF-8 and halves of surrogate pairs become U+FFFD, one for each.
BERTH_DECL auto repair(std::string_view text) -> std::string;

} // namespace detail

/// The JSON of a body, its text repaired where it is not Unicode, as Go does. `wanted` is the kind that it
/// should be, for messages; `yaml` and `protobuf` may be empty. Errors: `unsupported_media_type`,
/// `bad_request`.
[[nodiscard]] BERTH_DECL auto read_body(std::string_view content_type, std::string_view body,
                                        std::string_view wanted, yaml_reader const& yaml,
                                        protobuf_reader const& protobuf = {}) -> result<std::string>;

/// The text of a patch, repaired like that of a body.
[[nodiscard]] inline auto read_patch_body(std::string_view body) -> std::string {
    return detail::repair(body);
}

/// Whether a content type is that of server-side apply.
[[nodiscard]] BERTH_DECL auto is_apply(std::string_view content_type) -> bool;

/// The JSON of what is applied, which is YAML or JSON. Errors: `bad_request`.
[[nodiscard]] BERTH_DECL auto read_apply_body(std::string_view body, yaml_reader const& yaml)
    -> result<std::string>;

/// The form of a patch by its content type. `strategic`: strategic merge patches are possible, which need to
/// know how lists are merged. Errors: `unsupported_media_type`; server-side apply is no patch.
[[nodiscard]] BERTH_DECL auto read_patch_type(std::string_view content_type, bool strategic = true)
    -> result<patch_type>;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/body.ipp>
#endif

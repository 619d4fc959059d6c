#pragma once

/// \file
/// Outcomes as `Status` objects (apimachinery 1.36, `meta/v1`), and warnings as headers.

#include <berth/api/http/message.hpp>
#include <berth/api/http/yaml_text.hpp>
#include <berth/api/protobuf_encode.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/encode.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api::http {

namespace detail {

/// Appends `,"name":"text"`, or nothing if the text is empty.
BERTH_DECL auto append_member(std::string& out, std::string_view name, std::string_view text) -> void;

inline auto is_empty(error_details const& d) -> bool { return d == error_details{}; }

} // namespace detail

/// An error as a `Status` object's JSON text.
[[nodiscard]] BERTH_DECL auto status_text(error const& e) -> std::string;

/// A success without an object, as a deletion and a binding answer it. `details` may be empty, and so may be
/// the code (0), which Kubernetes tells of creations only.
[[nodiscard]] BERTH_DECL auto success_text(error_details const& details = {}, int code = 0) -> std::string;

/// An error as an enveloped `Status` in protobuf.
BERTH_DECL auto append_status_protobuf(std::string& out, error const& e) -> void;

/// The answer that tells an error.
[[nodiscard]] BERTH_DECL auto failure(error const& e, encoding in = encoding::json) -> response;

/// The answer that tells a success without an object; `details` and `code` as for `success_text`.
[[nodiscard]] BERTH_DECL auto success(error_details const& details, int code, encoding in) -> response;

/// What a server says of a path under its API that it does not know.
[[nodiscard]] inline auto unknown_resource() -> error {
    return {error_code::not_found, "the server could not find the requested resource", {}};
}

/// What a server says of a method that a known path does not have.
[[nodiscard]] BERTH_DECL auto method_not_allowed() -> error;

namespace detail {

/// Where in a UTF-8 text so many characters end, and how many there are up to there.
struct text_extent {
    std::size_t bytes = 0;
    std::size_t characters = 0;
};
BERTH_DECL auto extent_of(std::string_view text, std::size_t most) -> text_extent;

} // namespace detail

/// Adds each warning as a header `Warning: 299 - "text"` (KEP 1693), once, and in all not much more than
/// 4,096 characters: where there are more each is cut to 256, and those that come after the limit are left
/// out.
BERTH_DECL auto add_warnings(header_fields& headers, std::vector<std::string> const& warnings) -> void;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/status.ipp>
#endif

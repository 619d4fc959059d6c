#pragma once

/// \file
/// The schemas and paths of all kinds as one OpenAPI v2 document, in JSON and in the protobuf form that
/// kubectl reads when it checks a `List` before it sends its items, and before 1.27 to see whether a kind can
/// be tried out
/// (`dryRun`) or checked here (`fieldValidation`) (gnostic's `OpenAPIv2.proto`, message `Document`).

#include <berth/api/http/openapi.hpp>
#include <berth/core/config.hpp>
#include <berth/core/detail/wire_writer.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace berth::api::http {

/// The content type of the protobuf form.
inline constexpr std::string_view openapi_v2_type =
    "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

/// The document as JSON.
[[nodiscard]] BERTH_DECL auto openapi_v2_text(registry const& kinds) -> std::string;

namespace detail {

using berth::detail::wire_writer;

BERTH_DECL auto text_of(boost::json::value const& v) -> std::string_view;

} // namespace detail

/// The protobuf form of a document that `openapi_v2_text` wrote.
[[nodiscard]] BERTH_DECL auto openapi_v2_protobuf(std::string_view json) -> std::string;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/openapi_v2.ipp>
#endif

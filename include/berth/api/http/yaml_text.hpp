#pragma once

/// \file
/// JSON as block-style YAML, members in the order of their names, as Kubernetes answers it.

#include <berth/api/http/message.hpp>
#include <berth/core/config.hpp>
#include <berth/object/encode.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api::http {

namespace detail {

/// Whether a text can stand in YAML without quotes and remain that text.
BERTH_DECL auto is_plain(std::string_view text) -> bool;

} // namespace detail

/// A JSON document as YAML. Text that is not JSON is answered as it is.
[[nodiscard]] BERTH_DECL auto yaml_from_json(std::string_view json) -> std::string;

/// A JSON text as it is, or as YAML where that is asked for.
[[nodiscard]] BERTH_DECL auto in_encoding(encoding in, std::string json) -> std::string;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/yaml_text.ipp>
#endif

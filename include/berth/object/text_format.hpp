#pragma once

/// \file
/// The formats that a schema may ask of a text, as Kubernetes checks them (kube-openapi
/// `pkg/validation/strfmt`, apiextensions-apiserver 1.36 `validation/formats.go`).

#include <berth/core/config.hpp>

#include <string_view>

namespace berth::object {

/// Whether a format is one that is looked at: those of texts, and `int32`, `int64`, `float`, `double`. Others
/// say nothing.
[[nodiscard]] BERTH_DECL auto is_known_format(std::string_view format) -> bool;

/// Whether a format is one of texts; dashes in its name do not count.
[[nodiscard]] BERTH_DECL auto is_text_format(std::string_view format) -> bool;

/// Whether a text has a format of texts. Linear in the text.
[[nodiscard]] BERTH_DECL auto has_format(std::string_view text, std::string_view format) -> bool;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/text_format.ipp>
#endif

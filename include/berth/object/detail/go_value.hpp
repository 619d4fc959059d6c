#pragma once

/// \file
/// JSON values in the form in which Go prints them (`%v`), for messages that must read as those of Kubernetes
/// do.

#include <berth/core/config.hpp>
#include <berth/object/detail/json_text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace berth::object::detail {

[[nodiscard]] BERTH_DECL auto go_value(json::value const& value) -> std::string;

/// The name of a value's type in Go.
[[nodiscard]] BERTH_DECL auto go_type(json::value const& value) -> std::string_view;

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/go_value.ipp>
#endif

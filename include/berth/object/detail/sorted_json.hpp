#pragma once

/// \file
/// JSON with its members in the order of their names.

#include <berth/core/config.hpp>

#include <boost/json/value.hpp>

#include <string>

namespace berth::object::detail {

/// Appends JSON as Go writes what it has read into maps: the members of objects by name.
BERTH_DECL auto append_sorted(std::string& out, boost::json::value const& json) -> void;

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/sorted_json.ipp>
#endif

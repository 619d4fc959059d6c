#pragma once

/// \file
/// Values within a document under a JSON patch, and when `test` holds them to be equal.
///
/// The library that Kubernetes uses tells three nulls apart: one of the document, one that an operation put
/// there, and a copy of the latter, which reads as an empty object and equals one, and nothing else. While a
/// patch is applied the second and the third are held as not-a-numbers, which no JSON text yields; `settle`
/// turns them into nulls.

#include <berth/core/config.hpp>

#include <boost/json/value.hpp>

#include <cmath>
#include <cstddef>
#include <limits>

namespace berth::object::detail {

BERTH_DECL auto put_null() -> boost::json::value;
BERTH_DECL auto copied_null() -> boost::json::value;
BERTH_DECL auto is_put_null(boost::json::value const& value) -> bool;
BERTH_DECL auto is_copied_null(boost::json::value const& value) -> bool;

/// Makes plain nulls of all nulls.
BERTH_DECL auto settle(boost::json::value& value) -> void;

/// How much a value is.
struct value_extent {
    std::size_t values = 1; ///< itself and all that is in it
    std::size_t height = 0; ///< how deep objects and arrays are nested in it; 0 of a leaf
    std::size_t text = 0;   ///< bytes of all its keys and strings
};

BERTH_DECL auto extent_of(boost::json::value const& value) -> value_extent;

/// Equality by content, at a cost that depends on `expected` alone; 1 and 1.0 differ, as their texts do.
BERTH_DECL auto equal_in_test(boost::json::value const& actual, boost::json::value const& expected) -> bool;

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/patched_value.ipp>
#endif

#pragma once

/// \file
/// JSON text to `boost::json::value`, telling duplicate members, which the parser alone would drop in
/// silence.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/told_paths.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::object {

/// A parsed document.
struct json_document {
    boost::json::value value;
    /// Members that occur twice in their object, the first of them (see `told_paths`), in the order in which
    /// they do; the last value counts.
    std::vector<std::string> duplicate_paths;
    /// Members of the document itself that occur twice, and at least once as something else than text or
    /// null, whatever the last value is.
    std::vector<std::string> mixed_duplicates;
};

/// The deepest nesting that is read; deeper text is refused.
inline constexpr std::size_t json_depth_limit = 512;

/// Parses JSON text into a value in `memory`, which it must not outlive: a `monotonic_resource` for one that
/// is read and let go. Errors: `bad_request` with what the parser says and where.
[[nodiscard]] BERTH_DECL auto parse_document(std::string_view text, boost::json::storage_ptr memory = {})
    -> result<json_document>;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/parse.ipp>
#endif

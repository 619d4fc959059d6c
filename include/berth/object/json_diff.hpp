#pragma once

/// \file
/// The difference of two JSON documents as a merge patch (RFC 7386).

#include <berth/core/config.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace berth::object {

/// The smallest merge patch that makes `to` of `from`; empty exactly if there is nothing to change. Arrays
/// are replaced as a whole. Law: `apply_merge_patch(from, merge_patch_between(from, to)) == to` where `to`
/// has no null members, which a merge patch cannot express.
[[nodiscard]] BERTH_DECL auto merge_patch_between(boost::json::object const& from,
                                                  boost::json::object const& to) -> boost::json::object;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/json_diff.ipp>
#endif

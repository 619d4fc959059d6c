#pragma once

/// \file
/// JSON merge patch (RFC 7386), applied as Kubernetes 1.36 does (evanphx/json-patch 4), and made from two
/// documents.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/detail/json_members.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <utility>

namespace berth::object {

namespace detail {

/// Drops members that are null, also within arrays; elements that are null stay.
BERTH_DECL auto drop_null_members(boost::json::value& value) -> void;

} // namespace detail

/// The document changed as the patch says: null removes a member, an object merges into an object, anything
/// else replaces. Linear in both. Errors: `bad_request` if either is not an object.
[[nodiscard]] BERTH_DECL auto apply_merge_patch(boost::json::value document, boost::json::value patch)
    -> result<boost::json::value>;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/merge_patch.ipp>
#endif

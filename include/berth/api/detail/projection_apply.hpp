#pragma once

/// \file
/// Server-side apply through a projection, such as `scale`: what managers own of the object is shown to it as
/// what they own of the projection, and comes back (apimachinery 1.36, `managedfields/scalehandler.go`).

#include <berth/api/errors.hpp>
#include <berth/api/field_write.hpp>
#include <berth/api/subresource.hpp>
#include <berth/core/config.hpp>

#include <boost/json/value.hpp>

namespace berth::api::detail {

/// Applies a document to what a projection shows of an object, and answers the object that comes of it, with
/// its managed fields. `shown`: the projection of the object, as it is now; a scale afterwards that is as the
/// document says. Errors: `bad_request`, `conflict`; those of the projection are added to `errors`.
[[nodiscard]] BERTH_DECL auto apply_projected(projection const& p, object::any_object const& there,
                                              object::draft& shown, boost::json::value const& document,
                                              field_write const& w, bool force, field_errors& errors)
    -> result<object::draft>;

} // namespace berth::api::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/detail/projection_apply.ipp>
#endif

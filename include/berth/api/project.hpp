#pragma once

/// \file
/// Objects as their subresources show them.

#include <berth/api/subresource.hpp>
#include <berth/core/config.hpp>

namespace berth::api {

/// An object's projection, with the metadata that name the object. Errors: `internal`, of an object that has
/// none.
[[nodiscard]] BERTH_DECL auto project(projection const& p, object::object_ref const& o)
    -> result<object::object_ref>;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/project.ipp>
#endif

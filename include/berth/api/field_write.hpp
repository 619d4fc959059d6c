#pragma once

/// \file
/// A write as managed fields see it: in whose name, through what, when.

#include <berth/api/fields_pool.hpp>
#include <berth/core/time.hpp>
#include <berth/object/field_set.hpp>
#include <berth/object/meta.hpp>

#include <cstddef>
#include <string_view>

namespace berth::api {

using managed_entries = object::list<object::managed_fields_entry>;

/// Who has no name (`managerOrUserAgent`).
inline constexpr std::string_view unknown_manager = "unknown";
/// Whoever wrote an object before the first apply, if nobody noted that.
inline constexpr std::string_view first_apply_manager = "before-first-apply";
/// Where the updates of many managers end up.
inline constexpr std::string_view ancient_manager = "ancient-changes";
/// How many managers' updates are told apart.
inline constexpr std::size_t most_updaters = 10;
/// The configuration that `kubectl apply` keeps in the object.
inline constexpr std::string_view last_applied_annotation =
    "kubectl.kubernetes.io/last-applied-configuration";

/// A write as managed fields see it.
struct field_write {
    std::string_view manager{};
    std::string_view subresource{};
    object::resource_name const* resource = nullptr; ///< the version in which it is written
    time_point now{};
    fields_pool* pool = nullptr;
    object::field_set const* ignored =
        nullptr; ///< fields that such a write cannot change, and all below them
};

} // namespace berth::api

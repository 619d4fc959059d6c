#pragma once

/// \file
/// References by which objects own others.

#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>
#include <berth/object/any_object.hpp>
#include <berth/reconcile/fwd.hpp>

#include <string_view>

namespace berth::reconcile {

/// A reference by which an object of the resource `r`, with this metadata, controls something: there is one
/// such at most, and in the foreground the owner is only deleted after what it controls.
[[nodiscard]] BERTH_DECL auto controlled_by(object::resource_name const& r, object::meta const& owner)
    -> object::owner_reference;
template <object::kind_type Owner> [[nodiscard]] auto controlled_by(Owner const& owner)
    -> object::owner_reference {
    return controlled_by(Owner::resource, owner.metadata);
}

/// Whether the object with this uid is the controlling owner.
[[nodiscard]] BERTH_DECL auto is_controlled_by(object::meta const& m, std::string_view uid) -> bool;

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/ownership.ipp>
#endif

#pragma once

/// \file
/// The bodies of `berth/api/detail/fence_guard.hpp`.

#include <berth/api/detail/fence_guard.hpp>
#include <berth/api/key_space.hpp>
#include <berth/core/config.hpp>
#include <berth/object/field_path.hpp>

#include <string>
#include <string_view>

namespace berth::api::detail {

/// A member of an object as a text; empty if it is absent.
inline auto text_at(object::any_object const& o, std::string_view path) -> std::string {
    auto const found = object::field_path::parse(path).value().find(o.type(), o.data());
    return found ? found->to_string() : std::string();
}

BERTH_DECL auto guard_of(storage const& objects, registry const& kinds, fence const& f)
    -> result<store_guard> {
    auto const* const leases = kinds.find("coordination.k8s.io", "v1", "leases");
    if (leases == nullptr || !leases->stored())
        return berth::fail(error_code::bad_request,
                           "a write cannot be fenced here: this server has no leases.coordination.k8s.io");
    auto const there = objects.read(*leases, f.lease);
    if (!there) {
        if (there.error().code != error_code::not_found) return std::unexpected(there.error());
        return leadership_over(f, "the Lease is gone");
    }
    auto const holder = text_at(there->object, ".spec.holderIdentity");
    auto const transitions = text_at(there->object, ".spec.leaseTransitions");
    auto const changed = transitions.empty() ? "0" : transitions;
    if (holder != f.holder || changed != std::to_string(f.transitions))
        return leadership_over(f, (holder.empty() ? std::string("nobody") : holder) + " holds it, after " +
                                      changed + " changes of hands");
    return store_guard{key_of(leases->kept_as(), f.lease), there->rev};
}

} // namespace berth::api::detail

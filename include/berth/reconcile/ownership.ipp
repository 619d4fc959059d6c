#pragma once

/// \file
/// The bodies of `berth/reconcile/ownership.hpp`.

#include <berth/core/config.hpp>
#include <berth/reconcile/ownership.hpp>

namespace berth::reconcile {

BERTH_DECL auto controlled_by(object::resource_name const& r, object::meta const& owner)
    -> object::owner_reference {
    auto out = object::owner_reference{};
    out.api_version = api::api_version(r);
    out.kind = r.kind;
    out.name = owner.name;
    out.uid = owner.uid;
    out.controller = true;
    out.block_owner_deletion = true;
    return out;
}

BERTH_DECL auto is_controlled_by(object::meta const& m, std::string_view uid) -> bool {
    auto const* const owner = object::controller_of(m);
    return owner != nullptr && owner->uid == uid;
}

} // namespace berth::reconcile

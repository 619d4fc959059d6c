#pragma once

/// \file
/// The bodies of `berth/object/meta.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/meta.hpp>

namespace berth::object {

BERTH_TABLE(owner_reference);
BERTH_TABLE(managed_fields_entry);
BERTH_TABLE(meta);
BERTH_TABLE(condition);

BERTH_DECL auto key::to_string() const -> std::string {
    return namespace_.empty() ? name : namespace_ + "/" + name;
}

BERTH_DECL auto controller_of(meta const& m) -> owner_reference const* {
    for (auto const& owner : m.owner_references)
        if (owner.controller.value_or(false)) return &owner;
    return nullptr;
}

} // namespace berth::object

#pragma once

/// \file
/// The bodies of `berth/kube/rbac/role/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/rbac/role/kind.hpp>

namespace berth::kube {

BERTH_DECL auto role_kind() -> api::kind_of<role> {
    auto k = api::kind_of<role>{};
    k.metadata.name = name_rule::path_segment;
    k.metadata.on_update = api::metadata_rules::again::all;
    k.create_on_update = true;
    k.validate = &validate;
    k.validate_update = [](role const& now, role const&, api::field_errors& errors) {
        validate(now, errors);
    };
    k.columns = role_columns<role>();
    return k;
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/rbac/role_binding/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/rbac/role_binding/kind.hpp>

namespace berth::kube {

BERTH_DECL auto validate(role_binding const& b, api::field_errors& errors) -> void {
    constexpr std::string_view kinds[] = {"Role", "ClusterRole"};
    detail::validate_binding(b.role_ref, kinds, b.subjects, true, errors);
}

BERTH_DECL auto validate_update(role_binding const& now, role_binding const& before,
                                api::field_errors& errors) -> void {
    validate(now, errors);
    detail::validate_same_role(now.role_ref, before.role_ref, errors);
}

BERTH_DECL auto role_binding_kind() -> api::kind_of<role_binding> {
    auto k = api::kind_of<role_binding>{};
    k.metadata.name = name_rule::path_segment;
    k.metadata.on_update = api::metadata_rules::again::all;
    k.create_on_update = true;
    k.set_defaults = [](role_binding& b) { set_binding_defaults(b.subjects, b.role_ref); };
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = binding_columns<role_binding>();
    return k;
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/apps/controller_revision/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/controller_revision/kind.hpp>

#include <string>

namespace berth::kube::detail {

/// `statefulset.apps/web`
inline auto shown_controller(object::meta const& m) -> std::string {
    auto const* const owner = object::controller_of(m);
    if (owner == nullptr) return std::string(none_shown);
    auto const slash = owner->api_version.find('/');
    auto const group = slash == std::string::npos ? std::string() : "." + owner->api_version.substr(0, slash);
    return api::detail::lower_case(owner->kind + group) + "/" + owner->name;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto controller_revision_kind() -> api::kind_of<controller_revision> {
    using revision = controller_revision;
    auto k = api::kind_of<revision>{};
    k.metadata.on_update = api::metadata_rules::again::all;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {
        name_column<revision>(),
        column<revision>(
            "Controller",
            [](revision const& r, time_point) -> api::cell { return detail::shown_controller(r.metadata); }),
        column<revision>("Revision", [](revision const& r, time_point) -> api::cell { return r.revision; }),
        age_column<revision>()};
    return k;
}

} // namespace berth::kube

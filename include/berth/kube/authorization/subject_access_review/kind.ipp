#pragma once

/// \file
/// The bodies of `berth/kube/authorization/subject_access_review/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/authorization/subject_access_review/kind.hpp>

namespace berth::kube {

BERTH_DECL auto validate(subject_access_review const& r, api::field_errors& errors) -> void {
    auto const spec = api::field_path("spec");
    detail::validate_attributes(
        r.spec.resource_attributes, r.spec.non_resource_attributes,
        "exactly one of nonResourceAttributes or resourceAttributes must be specified", errors);
    if (r.spec.user.empty() && r.spec.groups.empty())
        errors.invalid(spec.child("user"), r.spec.user, "at least one of user or group must be specified");
    detail::validate_review_metadata(r.metadata, false, errors);
}

BERTH_DECL auto subject_access_review_kind() -> api::kind_of<subject_access_review> {
    auto k = api::kind_of<subject_access_review>{};
    k.verbs = {api::verb::create};
    k.validate = &validate;
    k.review = [](subject_access_review const& r, api::action_context const&) -> result<object::any_object> {
        auto out = r;
        out.status.allowed = true;
        return object::any_object(std::move(out));
    };
    return k;
}

} // namespace berth::kube

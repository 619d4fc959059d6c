#pragma once

/// \file
/// The bodies of `berth/kube/authorization/local_subject_access_review/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/authorization/local_subject_access_review/kind.hpp>
#include <berth/kube/authorization/subject_access_review/kind.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>

namespace berth::kube {

BERTH_DECL auto validate(local_subject_access_review const& r, api::field_errors& errors) -> void {
    auto const spec = api::field_path("spec");
    auto whole = subject_access_review{};
    whole.spec = r.spec;
    validate(whole, errors);
    detail::validate_review_metadata(r.metadata, true, errors);
    if (r.spec.resource_attributes && r.spec.resource_attributes->namespace_ != r.metadata.namespace_)
        errors.invalid(spec.child("resourceAttributes").child("namespace"),
                       r.spec.resource_attributes->namespace_, "must match metadata.namespace");
    if (r.spec.non_resource_attributes)
        errors.invalid(spec.child("nonResourceAttributes"),
                       detail::shown_internal(*r.spec.non_resource_attributes),
                       "disallowed on this kind of request");
}

BERTH_DECL auto local_subject_access_review_kind() -> api::kind_of<local_subject_access_review> {
    auto k = api::kind_of<local_subject_access_review>{};
    k.verbs = {api::verb::create};
    k.validate = &validate;
    k.review = [](local_subject_access_review const& r,
                  api::action_context const&) -> result<object::any_object> {
        auto out = r;
        out.status.allowed = true;
        return object::any_object(std::move(out));
    };
    return k;
}

} // namespace berth::kube

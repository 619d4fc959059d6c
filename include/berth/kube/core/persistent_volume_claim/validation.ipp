#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume_claim/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume_claim/validation.hpp>
#include <berth/kube/core/persistent_volume_claim/validation/spec.hpp>
#include <berth/kube/core/pod/validation/diff.hpp>

namespace berth::kube::detail {

inline auto storage_in(resource_list const& amounts) -> object::quantity {
    auto const* const found = amounts.find("storage");
    return found != nullptr ? *found : object::quantity();
}

inline auto claim_lines(persistent_volume_claim_spec const& s) -> std::vector<std::string> {
    auto json = std::string();
    append_internal(json, object::type_of<persistent_volume_claim_spec>(), &s);
    return json_lines(json);
}

/// What it was, with what may change as it is now.
inline auto with_allowed_changes(persistent_volume_claim const& now, persistent_volume_claim const& before)
    -> persistent_volume_claim_spec {
    auto out = before.spec;
    if (before.spec.volume_name.empty()) out.volume_name = now.spec.volume_name;
    if (!before.spec.storage_class_name &&
        !before.metadata.annotations.contains("volume.beta.kubernetes.io/storage-class"))
        out.storage_class_name = now.spec.storage_class_name;
    if (now.status.phase != "Bound") return out;
    if (auto const* const wanted = now.spec.resources.requests.find("storage"))
        out.resources.requests["storage"] = *wanted;
    out.volume_attributes_class_name = now.spec.volume_attributes_class_name;
    return out;
}

inline auto validate_claim_attributes(persistent_volume_claim_spec const& now,
                                      persistent_volume_claim_spec const& before, field_path const& at,
                                      field_errors& errors) -> void {
    auto const said = [](object::boxed<std::string> const& name) { return name && !name->empty(); };
    if (!said(before.volume_attributes_class_name)) return;
    if (!now.volume_attributes_class_name)
        errors.forbidden(at, "update from non-nil value to nil is forbidden");
    else if (now.volume_attributes_class_name->empty())
        errors.forbidden(at, "update from non-nil value to an empty string is forbidden");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(persistent_volume_claim const& c, api::field_errors& errors) -> void {
    detail::validate_claim_spec(c.spec, api::field_path("spec"), errors);
}

BERTH_DECL auto validate_update(persistent_volume_claim const& now, persistent_volume_claim const& before,
                                api::field_errors& errors) -> void {
    auto const spec = api::field_path("spec");
    validate(now, errors);
    auto const allowed = detail::with_allowed_changes(now, before);
    if (now.spec != allowed)
        errors.forbidden(spec,
                         "spec is immutable after creation except resources.requests and "
                         "volumeAttributesClassName for bound claims\n" +
                             detail::unified(detail::claim_lines(allowed), detail::claim_lines(now.spec)));
    auto const wanted = detail::storage_in(now.spec.resources.requests);
    auto const amounts = spec.child("resources");
    auto const requests = amounts.child("requests");
    if (wanted < detail::storage_in(before.spec.resources.requests) &&
        wanted <= detail::storage_in(before.status.capacity))
        errors.forbidden(requests.child("storage"), "field can not be less than status.capacity");
    if (now.spec.volume_mode != before.spec.volume_mode)
        errors.invalid(api::field_path("volumeMode"),
                       now.spec.volume_mode ? api::shown_value(*now.spec.volume_mode)
                                            : api::shown_value::null(),
                       detail::immutable);
    detail::validate_claim_attributes(now.spec, before.spec, spec.child("volumeAttributesClassName"), errors);
}

} // namespace berth::kube

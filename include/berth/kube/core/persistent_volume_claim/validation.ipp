#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume_claim/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume_claim/validation.hpp>
#include <berth/kube/core/pod/validation/diff.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>

#include <string>
#include <utility>

namespace berth::kube::detail {

inline constexpr std::string_view old_storage_class = "volume.beta.kubernetes.io/storage-class";

inline auto old_class_of(persistent_volume_claim const& c) -> std::string {
    auto const* const name = c.metadata.annotations.find(old_storage_class);
    return name == nullptr ? std::string() : *name;
}

/// Whether the class moves from the annotation of old times to the member.
inline auto class_moves(persistent_volume_claim const& now, persistent_volume_claim const& before) -> bool {
    auto const* const was = before.metadata.annotations.find(old_storage_class);
    auto const* const is = now.metadata.annotations.find(old_storage_class);
    return was != nullptr && !before.spec.storage_class_name && now.spec.storage_class_name &&
           *now.spec.storage_class_name == *was && (is == nullptr || *is == *was);
}

/// The spec before, with what may change as it is now.
inline auto with_free_claim_parts(persistent_volume_claim const& before, persistent_volume_claim const& now)
    -> std::pair<persistent_volume_claim_spec, persistent_volume_claim_spec> {
    auto old = before.spec;
    auto changed = now.spec;
    if (old.volume_name.empty()) old.volume_name = changed.volume_name;
    if (class_moves(now, before)) changed.storage_class_name.reset();
    else if (!old.storage_class_name && changed.storage_class_name &&
             (!before.metadata.annotations.contains(old_storage_class) ||
              old_class_of(before) == *changed.storage_class_name))
        changed.storage_class_name = old.storage_class_name;
    auto const* const size = before.spec.resources.requests.find("storage");
    if (now.status.phase == "Bound" && !changed.resources.requests.empty())
        changed.resources.requests["storage"] = size == nullptr ? object::quantity() : *size;
    changed.volume_attributes_class_name = old.volume_attributes_class_name;
    return {std::move(old), std::move(changed)};
}

/// A volume that could not grow may be asked for again with less, but never with less than there is.
inline auto validate_claimed_size(persistent_volume_claim const& now, persistent_volume_claim const& before,
                                  field_errors& errors) -> void {
    auto const storage = [](resource_list const& amounts) {
        auto const* const found = amounts.find("storage");
        return found == nullptr ? object::quantity() : *found;
    };
    auto const size = storage(now.spec.resources.requests);
    if (size >= storage(before.spec.resources.requests) || size > storage(before.status.capacity)) return;
    auto const resources = spec_path.child("resources");
    auto const requests = resources.child("requests");
    errors.forbidden(requests.child("storage"), "field can not be less than status.capacity");
}

inline auto validate_attributes_class(persistent_volume_claim_spec const& now,
                                      persistent_volume_claim_spec const& before, field_errors& errors)
    -> void {
    auto const at = spec_path.child("volumeAttributesClassName");
    if (!before.volume_attributes_class_name) return;
    if (!now.volume_attributes_class_name)
        errors.forbidden(at, "update from non-nil value to nil is forbidden");
    else if (now.volume_attributes_class_name->empty() && !before.volume_attributes_class_name->empty())
        errors.forbidden(at, "update from non-nil value to an empty string is forbidden");
}

inline auto validate_claim_resource(std::string const& name, field_path const& at, field_errors& errors)
    -> bool {
    if (!object::is_qualified_name(name)) {
        errors.invalid_all(at, name, object::qualified_name_problems(name));
        return false;
    }
    if (!is_native_resource(name) || name == "storage") return true;
    errors.not_supported(at, name, {"storage"});
    return false;
}

inline auto validate_amount_of_claim(object::quantity const& amount, field_path const& at,
                                     field_errors& errors) -> void {
    if (amount.value() < 0) errors.invalid(at, amount.value(), "must be a valid resource quantity");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate_update(persistent_volume_claim const& now, persistent_volume_claim const& before,
                                api::field_errors& errors) -> void {
    validate(now, errors);
    if (!detail::class_moves(now, before) && detail::old_class_of(now) != detail::old_class_of(before)) {
        auto const annotations = metadata_path.child("annotations");
        errors.invalid(annotations.key(detail::old_storage_class), detail::old_class_of(now),
                       detail::immutable);
    }
    auto const [old, changed] = detail::with_free_claim_parts(before, now);
    if (!(old == changed)) {
        auto const text = [](persistent_volume_claim_spec const& s) {
            auto out = std::string();
            detail::append_internal(out, object::type_of<persistent_volume_claim_spec>(), &s);
            return out;
        };
        errors.forbidden(detail::spec_path, "spec is immutable after creation except resources.requests and "
                                            "volumeAttributesClassName for bound claims\n" +
                                                detail::json_difference(text(old), text(changed)));
    }
    detail::validate_claimed_size(now, before, errors);
    auto const& mode = now.spec.volume_mode;
    if (!(mode == before.spec.volume_mode))
        errors.invalid(api::field_path("volumeMode"),
                       mode ? api::shown_value(*mode) : api::shown_value::null(), detail::immutable);
    detail::validate_attributes_class(now.spec, before.spec, errors);
}

BERTH_DECL auto validate_status(persistent_volume_claim const& now, persistent_volume_claim const& /*before*/,
                                api::field_errors& errors) -> void {
    auto const at = api::field_path("status");
    auto const capacity = at.child("capacity");
    for (auto const& [name, amount] : now.status.capacity)
        detail::validate_amount_of_claim(amount, capacity.key(name), errors);
    auto const states = at.child("allocatedResourceStatus");
    for (auto const& [name, state] : now.status.allocated_resource_statuses) {
        detail::validate_claim_resource(name, states, errors);
        if (!detail::is_any_of(state, {"ControllerResizeInProgress", "ControllerResizeInfeasible",
                                       "NodeResizePending", "NodeResizeInProgress", "NodeResizeInfeasible"}))
            errors.not_supported(states, name,
                                 {"ControllerResizeInProgress", "ControllerResizeInfeasible",
                                  "NodeResizeInProgress", "NodeResizeInfeasible", "NodeResizePending"});
    }
    auto const allocated = at.child("allocatedResources");
    for (auto const& [name, amount] : now.status.allocated_resources)
        if (detail::validate_claim_resource(name, allocated, errors))
            detail::validate_amount_of_claim(amount, allocated.key(name), errors);
}

} // namespace berth::kube

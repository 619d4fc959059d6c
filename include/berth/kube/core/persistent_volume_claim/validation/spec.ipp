#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume_claim/validation/spec.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume_claim/validation/spec.hpp>

namespace berth::kube::detail {

BERTH_DECL auto validate_access_modes(std::vector<std::string> const& modes, field_path const& at,
                                      field_errors& errors) -> void {
    auto const& f = object::field_of(&persistent_volume_claim_spec::access_modes);
    auto alone = false;
    auto others = false;
    for (auto const& mode : modes)
        if (check_allowed(f, mode, at, errors)) (mode == "ReadWriteOncePod" ? alone : others) = true;
    if (alone && others) errors.forbidden(at, "may not use ReadWriteOncePod with other access modes");
}

inline auto validate_claimed_storage(resource_list const& requests, field_path const& at,
                                     field_errors& errors) -> void {
    auto const* storage = requests.find("storage");
    if (storage == nullptr) return errors.required(at);
    if (storage->sign() < 0) errors.invalid(at, storage->to_string(), negative);
    if (storage->sign() <= 0) errors.invalid(at, storage->to_string(), "must be greater than zero");
}

/// `Source`: with a namespace or without.
template <class Source>
auto validate_data_source(Source const& s, field_path const& at, field_errors& errors) -> void {
    if (s.name.empty()) errors.required(at.child("name"));
    if (s.kind.empty()) errors.required(at.child("kind"));
    auto const group = s.api_group ? *s.api_group : std::string();
    if (group.empty() && s.kind != "PersistentVolumeClaim")
        errors.invalid(at, s.kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
    if (!group.empty()) validate_name(name_rule::dns1123_subdomain, group, at.child("apiGroup"), errors);
}

/// Where the data come from is said in one way, or in two that agree.
inline auto validate_data_sources(persistent_volume_claim_spec const& spec, field_path const& at,
                                  field_errors& errors) -> void {
    if (!spec.data_source_ref) return;
    auto const& one = *spec.data_source_ref;
    auto const elsewhere = one.namespace_ && !one.namespace_->empty();
    auto const shown = shown_value(at.child("dataSource").to_string());
    if (elsewhere) {
        auto const reference = at.child("dataSourceRef");
        validate_name(name_rule::dns1123_label, *one.namespace_, reference.child("namespace"), errors);
    }
    if (!spec.data_source) return;
    auto const& other = *spec.data_source;
    if (elsewhere)
        errors.invalid(at, shown, "may not be specified when dataSourceRef.namespace is specified");
    else if (!(one.api_group == other.api_group && one.kind == other.kind && one.name == other.name))
        errors.invalid(at, shown, "must match dataSourceRef");
}

BERTH_DECL auto validate_claim_spec(persistent_volume_claim_spec const& spec, field_path const& at,
                                    field_errors& errors) -> void {
    auto const modes = at.child("accessModes");
    if (spec.access_modes.empty()) errors.required(modes, "at least 1 access mode is required");
    validate_label_selector(spec.selector, at.child("selector"), errors);
    validate_access_modes(spec.access_modes, modes, errors);
    auto const amounts = at.child("resources");
    validate_claimed_storage(spec.resources.requests, amounts.key("storage"), errors);
    if (spec.storage_class_name && !spec.storage_class_name->empty())
        validate_name(name_rule::dns1123_subdomain, *spec.storage_class_name, at.child("storageClassName"),
                      errors);
    check_allowed(spec, &persistent_volume_claim_spec::volume_mode, at, errors);
    if (spec.data_source) validate_data_source(*spec.data_source, at.child("dataSource"), errors);
    if (spec.data_source_ref) validate_data_source(*spec.data_source_ref, at.child("dataSourceRef"), errors);
    validate_data_sources(spec, at, errors);
    if (spec.volume_attributes_class_name && !spec.volume_attributes_class_name->empty())
        validate_name(name_rule::dns1123_subdomain, *spec.volume_attributes_class_name,
                      at.child("volumeAttributesClassName"), errors);
}

BERTH_DECL auto validate_claim_template(persistent_volume_claim_template const& t, field_path const& at,
                                        field_errors& errors) -> void {
    auto const metadata = at.child("metadata");
    validate_annotations(t.metadata.annotations, metadata.child("annotations"), errors);
    validate_labels(t.metadata.labels, metadata.child("labels"), errors);
    for (auto const& f : object::type_of<object::meta>().fields)
        if (f.name != "labels" && f.name != "annotations" && !f.type().is_zero(f.in(&t.metadata)))
            errors.forbidden(metadata.child(f.name), "cannot be set");
    validate_claim_spec(t.spec, at.child("spec"), errors);
}

} // namespace berth::kube::detail

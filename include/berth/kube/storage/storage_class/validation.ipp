#pragma once

/// \file
/// The bodies of `berth/kube/storage/storage_class/validation.hpp`.

#include <berth/api/check_schema.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/storage/storage_class/validation.hpp>

#include <map>
#include <set>

namespace berth::kube::detail {

inline constexpr std::size_t most_parameters = 512;
inline constexpr std::size_t most_parameter_bytes = 256U * 1024;

using topology_values = std::map<std::string_view, std::set<std::string_view>>;

inline auto validate_parameters(object::string_map const& parameters, field_path const& at,
                                field_errors& errors) -> void {
    if (parameters.size() > most_parameters) return errors.too_long(at, most_parameters);
    auto total = std::size_t{0};
    for (auto const& [key, value] : parameters) {
        if (key.empty()) errors.invalid(at, key, "field can not be empty.");
        total += key.size() + value.size();
    }
    if (total > most_parameter_bytes) errors.too_long(at, most_parameter_bytes);
}

/// The values that a term allows of each label.
inline auto validate_topology_term(topology_selector_term const& t, field_path const& at,
                                   field_errors& errors) -> topology_values {
    auto out = topology_values();
    for (std::size_t i = 0; i < t.match_label_expressions.size(); ++i) {
        auto const& r = t.match_label_expressions[i];
        auto const one = at.index(i);
        auto const values = one.child("values");
        auto seen = std::set<std::string_view>();
        if (r.values.empty()) errors.required(values);
        for (std::size_t k = 0; k < r.values.size(); ++k)
            if (!seen.insert(r.values[k]).second) errors.duplicate(values.index(k), r.values[k]);
        validate_label_name(r.key, one.child("key"), errors);
        if (out.contains(r.key)) errors.duplicate(one.child("key"), r.key);
        out[r.key] = std::move(seen);
    }
    return out;
}

/// No term says the same as one before it. (One that says nothing is told once for each term of the list:
/// so often does Kubernetes find it.)
inline auto validate_topologies(object::list<topology_selector_term> const& terms, field_path const& at,
                                field_errors& errors) -> void {
    auto known = std::map<topology_values, std::size_t>();
    if (!terms.empty()) known[{}] = terms.size();
    for (std::size_t i = 0; i < terms.size(); ++i) {
        auto const one = at.index(i);
        auto const expressions = one.child("matchLabelExpressions");
        auto& times = known[validate_topology_term(terms[i], expressions, errors)];
        for (std::size_t k = 0; k < times; ++k) {
            errors.duplicate(expressions, "");
            if (errors.full()) break;
        }
        ++times;
    }
}

inline auto validate_provisioner(std::string const& name, field_path const& at, field_errors& errors)
    -> void {
    if (name.empty()) return errors.required(at);
    errors.invalid_all(at, name, object::qualified_name_problems(lower_case(name)));
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(storage_class const& c, api::field_errors& errors) -> void {
    auto const top = api::field_path("");
    detail::validate_provisioner(c.provisioner, api::field_path("provisioner"), errors);
    detail::validate_parameters(c.parameters, api::field_path("parameters"), errors);
    if (c.reclaim_policy && !c.reclaim_policy->empty())
        check_allowed(c, &storage_class::reclaim_policy, top, errors);
    if (!c.volume_binding_mode) errors.required(api::field_path("volumeBindingMode"));
    else check_allowed(c, &storage_class::volume_binding_mode, top, errors);
    detail::validate_topologies(c.allowed_topologies, api::field_path("allowedTopologies"), errors);
}

BERTH_DECL auto validate_update(storage_class const& now, storage_class const& before,
                                api::field_errors& errors) -> void {
    validate(now, errors);
    check_schema_change(now, before, api::field_path(""), errors);
}

} // namespace berth::kube

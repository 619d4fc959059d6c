#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/affinity.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/affinity.hpp>

#include <map>
#include <set>

namespace berth::kube::detail {

BERTH_DECL auto validate_requirement(node_selector_requirement const& r, bool check_values,
                                     field_path const& at, field_errors& errors) -> void {
    auto const values = at.child("values");
    auto const& op = r.operator_;
    if (is_any_of(op, {"In", "NotIn"})) {
        if (r.values.empty()) errors.required(values, "must be specified when `operator` is 'In' or 'NotIn'");
    } else if (is_any_of(op, {"Exists", "DoesNotExist"})) {
        if (!r.values.empty())
            errors.forbidden(values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
    } else if (is_any_of(op, {"Gt", "Lt"})) {
        if (r.values.size() != 1)
            errors.required(values, "must be specified single value when `operator` is 'Lt' or 'Gt'");
    } else {
        errors.invalid(at.child("operator"), op, "not a valid selector operator");
    }
    validate_label_name(r.key, at.child("key"), errors);
    if (!check_values) return;
    for (std::size_t i = 0; i < r.values.size(); ++i)
        errors.invalid_all(values.index(i), r.values[i], object::label_value_problems(r.values[i]));
}

/// A condition on a field; the name is the only one.
inline auto validate_field_requirement(node_selector_requirement const& r, field_path const& at,
                                       field_errors& errors) -> void {
    auto const values = at.child("values");
    if (!is_any_of(r.operator_, {"In", "NotIn"}))
        errors.invalid(at.child("operator"), r.operator_, "not a valid selector operator");
    else if (r.values.size() != 1)
        errors.required(values,
                        "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
    if (r.key != "metadata.name")
        return errors.invalid(at.child("key"), r.key, "not a valid field selector key");
    for (std::size_t i = 0; i < r.values.size(); ++i)
        validate_name(name_rule::dns1123_subdomain, r.values[i], values.index(i), errors);
}

inline auto validate_term(node_selector_term const& t, bool check_values, field_path const& at,
                          field_errors& errors) -> void {
    auto const expressions = at.child("matchExpressions");
    for (std::size_t i = 0; i < t.match_expressions.size(); ++i)
        validate_requirement(t.match_expressions[i], check_values, expressions.index(i), errors);
    auto const fields = at.child("matchFields");
    for (std::size_t i = 0; i < t.match_fields.size(); ++i)
        validate_field_requirement(t.match_fields[i], fields.index(i), errors);
}

BERTH_DECL auto validate_node_selector(node_selector const& s, field_path const& at, field_errors& errors)
    -> void {
    auto const terms = at.child("nodeSelectorTerms");
    if (s.node_selector_terms.empty())
        return errors.required(terms, "must have at least one node selector term");
    for (std::size_t i = 0; i < s.node_selector_terms.size(); ++i)
        validate_term(s.node_selector_terms[i], true, terms.index(i), errors);
}

template <class Term> auto validate_weight(Term const& t, field_path const& at, field_errors& errors)
    -> void {
    auto const& f = object::field_of(&Term::weight);
    if (object::is_in_bounds(f, t.weight)) return;
    errors.invalid(at.child(f.name), t.weight,
                   "must be in the range " + std::to_string(f.details->minimum) + "-" +
                       std::to_string(f.details->maximum));
}

BERTH_DECL auto validate_affinity(node_affinity const& a, field_path const& at, field_errors& errors)
    -> void {
    if (a.required_during_scheduling_ignored_during_execution)
        validate_node_selector(*a.required_during_scheduling_ignored_during_execution,
                               at.child("requiredDuringSchedulingIgnoredDuringExecution"), errors);
    auto const preferred = at.child("preferredDuringSchedulingIgnoredDuringExecution");
    auto const& terms = a.preferred_during_scheduling_ignored_during_execution;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        auto const one = preferred.index(i);
        validate_weight(terms[i], one, errors);
        validate_term(terms[i].preference, false, one.child("preference"), errors);
    }
}

inline auto validate_label_keys(std::vector<std::string> const& keys, bool has_selector, field_path const& at,
                                field_errors& errors) -> void {
    if (keys.empty()) return;
    if (!has_selector) return errors.forbidden(at, "must not be specified when labelSelector is not set");
    for (std::size_t i = 0; i < keys.size(); ++i) validate_label_name(keys[i], at.index(i), errors);
}

/// Keys whose values are taken from the pod: no key may be given twice.
inline auto validate_match_keys(pod_affinity_term const& t, field_path const& at, field_errors& errors)
    -> void {
    auto const match = at.child("matchLabelKeys");
    validate_label_keys(t.match_label_keys, t.label_selector.has_value(), match, errors);
    validate_label_keys(t.mismatch_label_keys, t.label_selector.has_value(), at.child("mismatchLabelKeys"),
                        errors);
    if (t.label_selector) {
        auto places = std::map<std::string_view, std::size_t>();
        for (std::size_t i = 0; i < t.match_label_keys.size(); ++i) places.emplace(t.match_label_keys[i], i);
        auto seen = std::set<std::string_view>();
        for (auto const& [key, value] : t.label_selector->match_labels) seen.insert(key);
        for (auto const& e : t.label_selector->match_expressions) {
            auto const place = places.find(e.key);
            if (!seen.insert(e.key).second && place != places.end())
                errors.invalid(at.index(place->second), e.key,
                               "exists in both matchLabelKeys and labelSelector");
        }
    }
    auto const mismatch =
        std::set<std::string_view>(t.mismatch_label_keys.begin(), t.mismatch_label_keys.end());
    for (std::size_t i = 0; i < t.match_label_keys.size(); ++i)
        if (mismatch.contains(t.match_label_keys[i]))
            errors.invalid(match.index(i), t.match_label_keys[i],
                           "exists in both matchLabelKeys and mismatchLabelKeys");
}

inline auto validate_term(pod_affinity_term const& t, field_path const& at, field_errors& errors) -> void {
    validate_label_selector(t.label_selector, at.child("labelSelector"), errors);
    validate_label_selector(t.namespace_selector, at.child("namespaceSelector"), errors);
    for (auto const& name : t.namespaces)
        validate_name(name_rule::dns1123_label, name, at.child("namespace"), errors);
    validate_match_keys(t, at, errors);
    if (t.topology_key.empty()) errors.required(at.child("topologyKey"), "can not be empty");
    validate_label_name(t.topology_key, at.child("topologyKey"), errors);
}

/// Affinity and anti-affinity to pods have the same form.
template <class Affinity> auto validate_pod_terms(Affinity const& a, field_path const& at,
                                                  field_errors& errors) -> void {
    auto const required = at.child("requiredDuringSchedulingIgnoredDuringExecution");
    auto const& must = a.required_during_scheduling_ignored_during_execution;
    for (std::size_t i = 0; i < must.size(); ++i) validate_term(must[i], required.index(i), errors);
    auto const preferred = at.child("preferredDuringSchedulingIgnoredDuringExecution");
    auto const& want = a.preferred_during_scheduling_ignored_during_execution;
    for (std::size_t i = 0; i < want.size(); ++i) {
        auto const one = preferred.index(i);
        validate_weight(want[i], one, errors);
        validate_term(want[i].pod_affinity_term, one.child("podAffinityTerm"), errors);
    }
}

BERTH_DECL auto validate_affinity(object::boxed<affinity> const& a, field_path const& at,
                                  field_errors& errors) -> void {
    if (!a) return;
    if (a->node_affinity) validate_affinity(*a->node_affinity, at.child("nodeAffinity"), errors);
    if (a->pod_affinity) validate_pod_terms(*a->pod_affinity, at.child("podAffinity"), errors);
    if (a->pod_anti_affinity) validate_pod_terms(*a->pod_anti_affinity, at.child("podAntiAffinity"), errors);
}

inline auto validate_toleration(toleration const& t, field_path const& at, field_errors& errors) -> void {
    auto const op = at.child("operator");
    if (!t.key.empty()) validate_label_name(t.key, at.child("key"), errors);
    else if (t.operator_ != "Exists")
        errors.invalid(
            op, t.operator_,
            "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
    if (t.toleration_seconds && t.effect != "NoExecute")
        errors.invalid(at.child("effect"), t.effect,
                       "effect must be 'NoExecute' when `tolerationSeconds` is set");
    if (t.operator_.empty() || t.operator_ == "Equal") {
        if (!object::is_label_value(t.value))
            errors.invalid(op, t.value, object::joined(object::label_value_problems(t.value), ";"));
    } else if (t.operator_ == "Exists") {
        if (!t.value.empty()) errors.invalid(op, t.value, "value must be empty when `operator` is 'Exists'");
    } else {
        errors.not_supported(op, t.operator_, {"Equal", "Exists"}); // comparisons are behind a gate
    }
    if (!t.effect.empty()) check_allowed(t, &toleration::effect, at, errors);
}

BERTH_DECL auto validate_tolerations(object::list<toleration> const& list, field_path const& at,
                                     field_errors& errors) -> void {
    for (std::size_t i = 0; i < list.size(); ++i) validate_toleration(list[i], at.index(i), errors);
}

inline auto validate_spread_keys(topology_spread_constraint const& c, field_path const& at,
                                 field_errors& errors) -> void {
    if (c.match_label_keys.empty()) return;
    if (!c.label_selector) errors.forbidden(at, "must not be specified when labelSelector is not set");
    auto selecting = std::set<std::string_view>();
    if (c.label_selector)
        for (auto const& e : c.label_selector->match_expressions) selecting.insert(e.key);
    for (std::size_t i = 0; i < c.match_label_keys.size(); ++i) {
        auto const& key = c.match_label_keys[i];
        validate_label_name(key, at.index(i), errors);
        if (!c.label_selector) continue;
        auto const selected = c.label_selector->match_labels.contains(key) || selecting.contains(key);
        if (selected) errors.invalid(at.index(i), key, "exists in both matchLabelKeys and labelSelector");
    }
}

inline auto validate_spread(topology_spread_constraint const& c, field_path const& at, field_errors& errors)
    -> void {
    auto const& action = c.when_unsatisfiable;
    constexpr auto not_positive = "must be greater than zero";
    auto const domains = at.child("minDomains");
    if (!object::is_in_bounds(object::field_of(&topology_spread_constraint::max_skew), c.max_skew))
        errors.invalid(at.child("maxSkew"), c.max_skew, not_positive);
    if (c.topology_key.empty()) errors.required(at.child("topologyKey"), "can not be empty");
    check_allowed(c, &topology_spread_constraint::when_unsatisfiable, at, errors);
    if (c.min_domains &&
        !object::is_in_bounds(object::field_of(&topology_spread_constraint::min_domains), *c.min_domains))
        errors.invalid(domains, *c.min_domains, not_positive);
    if (c.min_domains && action != "DoNotSchedule")
        errors.invalid(domains, *c.min_domains,
                       "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + action);
    check_allowed(c, &topology_spread_constraint::node_affinity_policy, at, errors);
    check_allowed(c, &topology_spread_constraint::node_taints_policy, at, errors);
    validate_spread_keys(c, at.child("matchLabelKeys"), errors);
    validate_label_selector(c.label_selector, at.child("labelSelector"), errors);
}

BERTH_DECL auto validate_spreads(object::list<topology_spread_constraint> const& list, field_path const& at,
                                 field_errors& errors) -> void {
    auto last = std::map<std::pair<std::string_view, std::string_view>, std::size_t>();
    for (std::size_t i = 0; i < list.size(); ++i)
        last[{list[i].topology_key, list[i].when_unsatisfiable}] = i;
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto const one = at.index(i);
        validate_spread(list[i], one, errors);
        if (last[{list[i].topology_key, list[i].when_unsatisfiable}] != i)
            errors.duplicate(one.child("{topologyKey, whenUnsatisfiable}"),
                             "{" + list[i].topology_key + ", " + list[i].when_unsatisfiable + "}");
    }
}

} // namespace berth::kube::detail

#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/update.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/update.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace berth::kube::detail {

/// False if the rest of the check makes no sense.
inline auto validate_container_images(object::list<container> const& now,
                                      object::list<container> const& before, field_path const& at,
                                      field_errors& errors) -> bool {
    if (now.size() != before.size()) {
        errors.forbidden(at, "pod updates may not add or remove containers");
        return false;
    }
    for (std::size_t i = 0; i < now.size(); ++i) {
        auto const one = at.index(i);
        if (now[i].image.empty()) errors.required(one.child("image"));
        validate_image_padding(now[i].image, one, errors);
    }
    return true;
}

/// A deadline may be set or brought forward. False if the rest of the check makes no sense.
inline auto validate_deadline(std::optional<std::int64_t> now, std::optional<std::int64_t> before,
                              field_errors& errors) -> bool {
    auto const at = spec_path.child("activeDeadlineSeconds");
    if (!now) {
        if (before)
            errors.invalid(at, shown_value::null(), "must not update from a positive integer to nil value");
        return true;
    }
    if (*now < 0 || *now > 2147483647) {
        errors.invalid(at, *now, "must be between 0 and 2147483647, inclusive");
        return false;
    }
    if (before && *before < *now) {
        errors.invalid(at, *now, "must be less than or equal to previous value");
        return false;
    }
    return true;
}

/// Tolerations may be added, and the seconds of those that are there may change.
inline auto validate_added_tolerations(object::list<toleration> const& now,
                                       object::list<toleration> const& before, field_errors& errors) -> void {
    auto const at = spec_path.child("tolerations");
    auto const all_but_time = [](toleration const& t) {
        using text = std::string_view;
        return std::tuple<text, text, text, text>(t.key, t.operator_, t.value, t.effect);
    };
    auto there =
        std::set<std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>>();
    for (auto const& t : now) there.insert(all_but_time(t));
    for (auto const& old : before) {
        if (!there.contains(all_but_time(old)))
            return errors.forbidden(at,
                                    "existing toleration can not be modified except its tolerationSeconds");
    }
    validate_tolerations(now, at, errors);
}

/// Scheduling gates may only go.
inline auto validate_removed_gates(object::list<pod_scheduling_gate> const& now,
                                   object::list<pod_scheduling_gate> const& before, field_errors& errors)
    -> void {
    auto const at = spec_path.child("schedulingGates");
    auto old = std::set<std::string_view>();
    auto last = std::map<std::string_view, std::size_t>();
    for (auto const& g : before) old.insert(g.name);
    for (std::size_t i = 0; i < now.size(); ++i) last[now[i].name] = i;
    for (std::size_t i = 0; i < now.size(); ++i) {
        auto const& name = now[i].name;
        auto const one = at.index(i);
        if (last[name] == i && !old.contains(name))
            errors.forbidden(one.child("name"),
                             "only deletion is allowed, but found new scheduling gate '" + name + "'");
    }
}

/// Requirements may be added at the end of a term.
inline auto only_added(node_selector_term const& now, node_selector_term const& before) -> bool {
    if (before.match_expressions.empty() && before.match_fields.empty())
        return now.match_expressions.empty() && now.match_fields.empty();
    auto const begins_with = [](auto const& list, auto const& prefix) {
        return list.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), list.begin());
    };
    return begins_with(now.match_expressions, before.match_expressions) &&
           begins_with(now.match_fields, before.match_fields);
}

inline auto affinity_to_nodes(pod_spec const& spec) -> object::boxed<node_affinity> {
    return spec.affinity ? spec.affinity->node_affinity : object::boxed<node_affinity>();
}

inline auto validate_narrowed_affinity(pod_spec const& now, pod_spec const& before, field_errors& errors)
    -> void {
    auto const terms = [](object::boxed<node_affinity> const& a) {
        return a && a->required_during_scheduling_ignored_during_execution
                   ? a->required_during_scheduling_ignored_during_execution->node_selector_terms
                   : object::list<node_selector_term>();
    };
    auto const old_terms = terms(affinity_to_nodes(before));
    auto const new_terms = terms(affinity_to_nodes(now));
    if (old_terms.empty()) return;
    auto const affinity_path = spec_path.child("affinity");
    auto const node_path = affinity_path.child("nodeAffinity");
    auto const required = node_path.child("requiredDuringSchedulingIgnoredDuringExecution");
    auto const at = required.child("nodeSelectorTerms");
    if (old_terms.size() != new_terms.size())
        return errors.invalid(at, shown_internal(new_terms),
                              "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
    for (std::size_t i = 0; i < old_terms.size(); ++i)
        if (!only_added(new_terms[i], old_terms[i]))
            errors.invalid(at.index(i), shown_internal(new_terms[i]),
                           "only additions are allowed (no mutations or deletions)");
}

/// A pod behind gates may still be narrowed to fewer nodes. What may change is then as before in `now`.
inline auto validate_gated(pod_spec& now, pod_spec const& before, field_errors& errors) -> void {
    for (auto const& [key, value] : before.node_selector) {
        auto const* kept = now.node_selector.find(key);
        if (kept != nullptr && *kept == value) continue;
        errors.invalid(spec_path.child("nodeSelector"), shown_internal(now.node_selector),
                       "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
        break;
    }
    now.node_selector = before.node_selector;
    auto const old_affinity = affinity_to_nodes(before);
    if (affinity_to_nodes(now) == old_affinity) return;
    validate_narrowed_affinity(now, before, errors);
    auto const only_nodes = now.affinity && !now.affinity->pod_affinity && !now.affinity->pod_anti_affinity;
    if (!before.affinity && only_nodes) now.affinity.reset();
    else now.affinity.engage().node_affinity = old_affinity;
}

/// The new spec with everything that may change as it was before.
inline auto with_fixed_parts(pod_spec now, pod_spec const& before, field_errors& errors) -> pod_spec {
    for (std::size_t i = 0; i < now.containers.size(); ++i)
        now.containers[i].image = before.containers[i].image;
    for (std::size_t i = 0; i < now.init_containers.size(); ++i)
        now.init_containers[i].image = before.init_containers[i].image;
    now.active_deadline_seconds = before.active_deadline_seconds;
    now.scheduling_gates = before.scheduling_gates;
    now.tolerations = before.tolerations;
    if (before.termination_grace_period_seconds.value_or(0) < 0 && now.termination_grace_period_seconds == 1)
        now.termination_grace_period_seconds = before.termination_grace_period_seconds;
    if (!before.scheduling_gates.empty()) validate_gated(now, before, errors);
    return now;
}

inline auto validate_changed_annotations(pod const& now, pod const& before, field_errors& errors) -> void {
    auto const at = metadata_path.child("annotations");
    validate_fixed_annotations(now.metadata.annotations, before.metadata.annotations, at, errors);
    validate_pod_annotations(now.metadata.annotations, now.spec, at, errors);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate_update(pod const& now, pod const& before, api::field_errors& errors) -> void {
    detail::validate_whole_pod(now, errors);
    detail::validate_changed_annotations(now, before, errors);
    auto const containers = detail::spec_path.child("containers");
    auto const init_containers = detail::spec_path.child("initContainers");
    if (!detail::validate_container_images(now.spec.containers, before.spec.containers, containers, errors))
        return;
    if (!detail::validate_container_images(now.spec.init_containers, before.spec.init_containers,
                                           init_containers, errors))
        return;
    auto const deadline = before.spec.active_deadline_seconds;
    if (!detail::validate_deadline(now.spec.active_deadline_seconds, deadline, errors)) return;
    detail::validate_added_tolerations(now.spec.tolerations, before.spec.tolerations, errors);
    detail::validate_removed_gates(now.spec.scheduling_gates, before.spec.scheduling_gates, errors);
    if (now.spec == before.spec) return;
    auto const changed = detail::with_fixed_parts(now.spec, before.spec, errors);
    if (changed == before.spec) return;
    errors.forbidden(
        detail::spec_path,
        "pod updates may not change fields other than `spec.containers[*].image`,"
        "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions "
        "to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it "
        "was previously negative)\n" +
            detail::spec_difference(before.spec, changed));
}

} // namespace berth::kube

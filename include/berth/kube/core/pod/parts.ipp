#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/parts.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/parts.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/core/pod/validation/diff.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace berth::kube::detail {

/// The pod as it was, under the metadata by which it was addressed; a changed spec is a new generation.
inline auto replace_spec(pod& now, pod const& before, pod_spec spec) -> void {
    auto whole = before;
    whole.metadata.name = now.metadata.name;
    whole.metadata.namespace_ = now.metadata.namespace_;
    whole.metadata.uid = now.metadata.uid;
    whole.metadata.resource_version = now.metadata.resource_version;
    if (!(spec == before.spec)) ++whole.metadata.generation;
    whole.spec = std::move(spec);
    now = std::move(whole);
}

BERTH_DECL auto prepare_ephemeral(pod& now, pod const& before) -> void {
    auto spec = before.spec;
    spec.ephemeral_containers = now.spec.ephemeral_containers;
    replace_spec(now, before, std::move(spec));
}

inline auto is_static(pod const& p) -> bool { return p.metadata.annotations.contains(mirror_annotation); }

BERTH_DECL auto validate_ephemeral(pod const& now, pod const& before, field_errors& errors) -> void {
    validate_whole_pod(now, errors);
    if (is_static(before))
        return errors.forbidden(field_path(""), "static pods do not support ephemeral containers");
    auto there = std::map<std::string_view, ephemeral_container const*>();
    for (auto const& c : now.spec.ephemeral_containers) there.emplace(c.common.name, &c);
    auto const at = spec_path.child("ephemeralContainers");
    auto const& old = before.spec.ephemeral_containers;
    for (std::size_t i = 0; i < old.size(); ++i) {
        auto const found = there.find(old[i].common.name);
        auto const name = object::detail::go_quoted(old[i].common.name);
        auto const text = [](ephemeral_container const& c) {
            auto out = std::string();
            append_internal(out, object::type_of<ephemeral_container>(), &c);
            return out;
        };
        if (found == there.end())
            errors.forbidden(at, "existing ephemeral containers " + name + " may not be removed\n");
        else if (!(*found->second == old[i]))
            errors.forbidden(at.index(i), "existing ephemeral containers " + name + " may not be changed\n" +
                                              json_difference(text(old[i]), text(*found->second)));
    }
}

/// Containers of the same name get the amounts of others.
inline auto take_amounts(object::list<container>& to, object::list<container> const& from) -> void {
    auto asked = std::map<std::string_view, container const*>();
    for (auto const& c : from) asked.emplace(c.name, &c);
    for (auto& c : to) {
        auto const found = asked.find(c.name);
        if (found == asked.end()) continue;
        c.resources = found->second->resources;
        c.resize_policy = found->second->resize_policy;
    }
}

BERTH_DECL auto prepare_resize(pod& now, pod const& before) -> void {
    auto spec = before.spec;
    take_amounts(spec.containers, now.spec.containers);
    take_amounts(spec.init_containers, now.spec.init_containers);
    replace_spec(now, before, std::move(spec));
    now.status.qos_class = before.status.qos_class;
}

inline auto is_resizable(std::string_view resource) -> bool {
    return resource == "cpu" || resource == "memory";
}

/// What is asked for stays asked for.
inline auto validate_kept_amounts(container const& now, container const& before, field_path const& at,
                                  field_errors& errors) -> void {
    auto const resources = at.child("resources");
    auto const removed = [](resource_list const& is, resource_list const& was) {
        for (auto const& [name, amount] : was)
            if (is_resizable(name) && !is.contains(name)) return true;
        return false;
    };
    if (removed(now.resources.limits, before.resources.limits))
        errors.forbidden(resources.child("limits"), "resource limits cannot be removed");
    if (removed(now.resources.requests, before.resources.requests))
        errors.forbidden(resources.child("requests"), "resource requests cannot be removed");
}

inline auto restore_amounts(resource_list& now, resource_list const& before) -> void {
    for (auto const* const name : {"cpu", "memory"}) {
        if (auto const* const was = before.find(name)) now[name] = *was;
        else now.erase(name);
    }
}

/// The containers with the cpu and memory that they had.
inline auto restore_containers(object::list<container>& now, object::list<container> const& before) -> void {
    for (std::size_t i = 0; i < now.size(); ++i) {
        restore_amounts(now[i].resources.limits, before[i].resources.limits);
        restore_amounts(now[i].resources.requests, before[i].resources.requests);
        now[i].resize_policy = before[i].resize_policy;
    }
}

/// A node that can do it tells what its containers have.
inline auto node_can_resize(pod const& p) -> bool {
    for (auto const& c : p.status.container_statuses)
        if (c.state.running) return static_cast<bool>(c.resources);
    return true;
}

inline auto is_of_windows(pod const& p) -> bool { return p.spec.os && p.spec.os->name == "windows"; }

inline auto validate_resized_containers(pod const& now, pod const& before, field_errors& errors) -> void {
    auto const check = [&](object::list<container> const& is, object::list<container> const& was,
                           std::string_view field) {
        auto const list = spec_path.child(field);
        for (std::size_t i = 0; i < is.size(); ++i)
            validate_kept_amounts(is[i], was[i], list.index(i), errors);
    };
    check(now.spec.containers, before.spec.containers, "containers");
    check(now.spec.init_containers, before.spec.init_containers, "initContainers");
    auto rest = now.spec;
    restore_containers(rest.containers, before.spec.containers);
    for (std::size_t i = 0; i < rest.init_containers.size(); ++i) {
        if (!is_sidecar(before.spec.init_containers[i])) continue;
        restore_amounts(rest.init_containers[i].resources.limits,
                        before.spec.init_containers[i].resources.limits);
        restore_amounts(rest.init_containers[i].resources.requests,
                        before.spec.init_containers[i].resources.requests);
    }
    if (!(rest == before.spec))
        errors.forbidden(spec_path,
                         "only cpu and memory resources are mutable\n" + spec_difference(before.spec, rest));
}

BERTH_DECL auto validate_resize(pod const& now, pod const& before, field_errors& errors) -> void {
    validate_whole_pod(now, errors);
    auto const whole = field_path("");
    if (is_static(before)) return errors.forbidden(whole, "static pods cannot be resized");
    if (is_of_windows(before)) return errors.forbidden(whole, "windows pods cannot be resized");
    if (qos_class(now.spec) != qos_class(before.spec))
        errors.invalid(spec_path, qos_class(now.spec),
                       "Pod QOS Class may not change as a result of resizing");
    if (!node_can_resize(before))
        errors.forbidden(spec_path, "Pod running on node without support for resize");
    validate_resized_containers(now, before, errors);
}

} // namespace berth::kube::detail

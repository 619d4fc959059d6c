#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/annotations.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/annotations.hpp>

#include <set>

namespace berth::kube::detail {

inline constexpr std::string_view deletion_cost_annotation = "controller.kubernetes.io/pod-deletion-cost";

BERTH_DECL auto is_deletion_cost(std::string_view text) -> bool {
    auto const digits = text.substr(!text.empty() && text.front() == '-' ? 1 : 0);
    if (digits.empty() || text.front() == '+' || (digits.size() > 1 && digits.front() == '0')) return false;
    if (text == "-0") return false;
    auto const value = object::detail::go_integer(text);
    return value && *value >= -2147483648 && *value <= 2147483647;
}

inline auto validate_seccomp_annotation(std::string_view profile, field_path const& at, field_errors& errors)
    -> void {
    if (is_any_of(profile, {"runtime/default", "docker/default", "unconfined"})) return;
    constexpr std::string_view local = "localhost/";
    if (starts_with(profile, local)) validate_descending_path(profile.substr(local.size()), at, errors);
    else errors.invalid(at, profile, "must be a valid seccomp profile");
}

inline auto validate_app_armor_annotation(std::string const& key, std::string const& profile,
                                          std::set<std::string_view> const& containers, field_path const& at,
                                          field_errors& errors) -> void {
    auto const name = std::string_view(key).substr(app_armor_prefix.size());
    if (!containers.contains(name)) errors.invalid(at.key(key), name, "container not found");
    auto const known = profile.empty() || is_any_of(profile, {"runtime/default", "unconfined"});
    if (!known && !starts_with(profile, "localhost/"))
        errors.invalid(at.key(key), profile,
                       "invalid AppArmor profile name: " + object::detail::go_quoted(profile));
}

BERTH_DECL auto validate_pod_annotations(object::string_map const& annotations, pod_spec const& spec,
                                         field_path const& at, field_errors& errors) -> void {
    auto names = std::set<std::string_view>();
    visit_containers(spec, at, [&](auto const& c, field_path const&) { names.insert(c.name); });
    for (auto const& [key, value] : annotations) {
        if (key == mirror_annotation && spec.node_name.empty())
            errors.invalid(at.key(key), value, "must set spec.nodeName if mirror pod annotation is set");
        if (key == deletion_cost_annotation && !is_deletion_cost(value))
            errors.invalid(at.key(key), value, "must be a 32bit integer");
        if (key == seccomp_pod_annotation || starts_with(key, seccomp_prefix))
            validate_seccomp_annotation(value, at.child(key), errors);
        if (starts_with(key, app_armor_prefix)) validate_app_armor_annotation(key, value, names, at, errors);
    }
}

BERTH_DECL auto validate_fixed_annotations(object::string_map const& now, object::string_map const& before,
                                           field_path const& at, field_errors& errors) -> void {
    auto const name_of = [](std::string_view key) -> std::string {
        if (starts_with(key, app_armor_prefix)) return "AppArmor annotations";
        return key == mirror_annotation ? "mirror pod annotation" : "";
    };
    for (auto const& [key, value] : before) {
        auto const* present = now.find(key);
        auto const name = name_of(key);
        if (!name.empty() && (present == nullptr || *present != value))
            errors.forbidden(at.key(key), "may not remove or update " + name);
    }
    for (auto const& [key, value] : now)
        if (auto const name = name_of(key); !name.empty() && !before.contains(key))
            errors.forbidden(at.key(key), "may not add " + name);
}

} // namespace berth::kube::detail

#pragma once

/// \file
/// Checks of pods that are to be created (Kubernetes 1.36, `pkg/apis/core/validation`). Changes of pods are
/// in `validation/update.hpp`, their status in `validation/status.hpp`.

#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/core/pod/validation/annotations.hpp>
#include <berth/kube/core/pod/validation/spec.hpp>

namespace berth::kube {

namespace detail {

inline constexpr auto spec_path = field_path("spec");

/// Tokens need a service account.
inline auto validate_token_volumes(pod_spec const& spec, field_errors& errors) -> void {
    if (!spec.service_account_name.empty()) return;
    auto const volumes = spec_path.child("volumes");
    for (std::size_t i = 0; i < spec.volumes.size(); ++i) {
        if (!spec.volumes[i].projected) continue;
        auto const one = volumes.index(i);
        auto const projected = one.child("projected");
        auto const sources = projected.child("sources");
        auto const& list = spec.volumes[i].projected->sources;
        for (std::size_t k = 0; k < list.size(); ++k) {
            auto const source = sources.index(k);
            if (list[k].service_account_token)
                errors.forbidden(source.child("serviceAccountToken"),
                                 "must not be specified when serviceAccountName is not set");
        }
    }
}

inline auto validate_paddings(object::list<container> const& containers, field_path const& at,
                              field_errors& errors) -> void {
    for (std::size_t i = 0; i < containers.size(); ++i)
        validate_image_padding(containers[i].image, at.index(i), errors);
}

/// What must hold of a pod at all times.
inline auto validate_whole_pod(pod const& p, field_errors& errors) -> void {
    validate_pod_annotations(p.metadata.annotations, p.spec, metadata_path.child("annotations"), errors);
    validate_pod_spec(p.spec, {p.metadata.name, true}, spec_path, errors);
    validate_token_volumes(p.spec, errors);
    validate_paddings(p.spec.containers, spec_path.child("containers"), errors);
    validate_paddings(p.spec.init_containers, spec_path.child("initContainers"), errors);
}

/// A profile's type and local name as the old annotations wrote them.
template <class Profile>
auto validate_profile_annotation(object::boxed<Profile> const& profile, std::string const* annotation,
                                 std::string const& sort, field_path const& at, field_errors& errors)
    -> void {
    if (!profile || annotation == nullptr) return;
    constexpr std::string_view local = "localhost/";
    auto const wrong_type = [&] {
        errors.forbidden(at.child("type"), sort + " type in annotation and field must match");
    };
    if (profile->type == "Unconfined" && *annotation != "unconfined") wrong_type();
    if (profile->type == "RuntimeDefault" && !is_any_of(*annotation, {"runtime/default", "docker/default"}))
        wrong_type();
    if (profile->type != "Localhost") return;
    if (!starts_with(*annotation, local)) wrong_type();
    else if (!profile->localhost_profile || *profile->localhost_profile != annotation->substr(local.size()))
        errors.forbidden(at.child("localhostProfile"), sort + " profile in annotation and field must match");
}

/// The security profiles of a pod and the annotations that once told them must agree.
inline auto validate_profiles(object::string_map const& annotations, pod_spec const& spec,
                              field_path const& at, field_errors& errors) -> void {
    auto const pod_context = at.child("securityContext");
    if (spec.security_context)
        validate_profile_annotation(spec.security_context->seccomp_profile,
                                    annotations.find(seccomp_pod_annotation), "seccomp",
                                    pod_context.child("seccompProfile"), errors);
    auto const windows = spec.os && spec.os->name == "windows";
    visit_containers(spec, at, [&](auto const& c, field_path const& path) {
        auto const context = path.child("securityContext");
        auto const* seccomp = annotations.find(std::string(seccomp_prefix) + c.name);
        auto const* armor = annotations.find(std::string(app_armor_prefix) + c.name);
        if (c.security_context)
            validate_profile_annotation(c.security_context->seccomp_profile, seccomp, "seccomp",
                                        context.child("seccompProfile"), errors);
        auto const own = c.security_context && c.security_context->app_armor_profile;
        if (windows || armor == nullptr || (!own && !spec.security_context)) return;
        validate_profile_annotation(own ? c.security_context->app_armor_profile
                                        : spec.security_context->app_armor_profile,
                                    armor, "apparmor", context.child("appArmorProfile"), errors);
    });
}

} // namespace detail

/// Checks a pod that is to be created.
inline auto validate(pod const& p, api::field_errors& errors) -> void {
    detail::validate_whole_pod(p, errors);
    if (!p.spec.ephemeral_containers.empty())
        errors.forbidden(detail::spec_path.child("ephemeralContainers"), "cannot be set on create");
    if (!p.spec.node_name.empty() && !p.spec.scheduling_gates.empty())
        errors.forbidden(detail::spec_path.child("nodeName"),
                         "cannot be set until all schedulingGates have been cleared");
    detail::validate_profiles(p.metadata.annotations, p.spec, detail::spec_path, errors);
}

} // namespace berth::kube

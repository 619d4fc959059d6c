#pragma once

/// \file
/// What containers are when their manifests do not say (Kubernetes 1.36, `pkg/apis/core/v1/defaults.go`), as
/// far as their descriptions do not tell it.

#include <berth/kube/core/pod/container.hpp>
#include <berth/kube/core/pod/defaults/image.hpp>

namespace berth::kube {

namespace detail {

inline auto set_default(std::string& member, std::string_view value) -> void {
    if (member.empty()) member = value;
}

/// Images that may change under their name are pulled always.
inline auto set_pull_policy(std::string& policy, std::string_view image) -> void {
    set_default(policy, image_tag(image) == "latest" ? "Always" : "IfNotPresent");
}

/// Amounts are kept to the thousandth, rounded up.
inline auto round_amounts(resource_list& amounts) -> void {
    for (auto& [name, amount] : amounts) {
        auto const rounded = object::quantity::of_milli(amount.milli_value(), amount.format());
        auto const fits = amount.milli_value() != 0 || amount.is_zero();
        if (fits && rounded > amount && rounded - amount < object::quantity::of_milli(1)) amount = rounded;
    }
}

/// What any container is that depends on more than the member itself.
inline auto complete(container& c) -> void {
    set_pull_policy(c.image_pull_policy, c.image);
    round_amounts(c.resources.limits);
    round_amounts(c.resources.requests);
    if (c.security_context && c.security_context->proc_mount && c.security_context->proc_mount->empty())
        c.security_context->proc_mount = std::string("Default");
}

} // namespace detail

} // namespace berth::kube

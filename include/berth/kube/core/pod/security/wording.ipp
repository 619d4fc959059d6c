#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/security/wording.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/security/wording.hpp>

namespace berth::kube::detail {

BERTH_DECL auto all_containers(pod_spec const& s) -> std::vector<container const*> {
    auto out = std::vector<container const*>();
    for (auto const& c : s.init_containers) out.push_back(&c);
    for (auto const& c : s.containers) out.push_back(&c);
    for (auto const& c : s.ephemeral_containers) out.push_back(&c.common);
    return out;
}

BERTH_DECL auto shown_setters(bool by_pod, name_list const& containers, std::size_t annotations)
    -> std::string {
    auto out = std::string(by_pod ? "pod" : "");
    auto const add = [&](std::string const& setter) { (out += out.empty() ? "" : " and ") += setter; };
    if (!containers.empty()) add(shown_containers(containers));
    if (annotations != 0) add(plural("annotation", "annotations", annotations));
    return out;
}

} // namespace berth::kube::detail

#pragma once

/// \file
/// The bodies of `berth/kube/node/runtime_class/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/affinity.hpp>
#include <berth/kube/core/validation/resources.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>
#include <berth/kube/node/runtime_class/validation.hpp>

#include <set>

namespace berth::kube::detail {

inline auto validate_runtime_scheduling(runtime_scheduling const& s, field_path const& at,
                                        field_errors& errors) -> void {
    auto const tolerations = at.child("tolerations");
    validate_labels(s.node_selector, at.child("nodeSelector"), errors);
    validate_tolerations(s.tolerations, tolerations, errors);
    auto seen = std::set<std::string>();
    for (std::size_t i = 0; i < s.tolerations.size(); ++i)
        if (auto const shown = shown_internal(s.tolerations[i]); !seen.insert(shown.text()).second)
            errors.duplicate(tolerations.index(i), shown);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(runtime_class const& c, api::field_errors& errors) -> void {
    auto const handler = api::field_path("handler");
    if (c.handler.empty()) errors.required(handler);
    else detail::validate_name(name_rule::dns1123_label, c.handler, handler, errors);
    if (c.overhead) {
        auto amounts = resource_requirements{};
        amounts.limits = c.overhead->pod_fixed;
        detail::validate_requirements(amounts, detail::resource_scope::container, {},
                                      api::field_path("overhead"), errors);
    }
    if (c.scheduling)
        detail::validate_runtime_scheduling(*c.scheduling, api::field_path("scheduling"), errors);
}

BERTH_DECL auto validate_update(runtime_class const& now, runtime_class const& before,
                                api::field_errors& errors) -> void {
    if (now.handler != before.handler)
        errors.invalid(api::field_path("handler"), now.handler, detail::immutable);
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/admission.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/admission.hpp>

namespace berth::kube::detail {

inline auto tolerates_failure(object::list<toleration> const& all, std::string_view key) -> bool {
    for (auto const& t : all)
        if ((t.key == key || t.key.empty()) && (t.effect == "NoExecute" || t.effect.empty())) return true;
    return false;
}

/// A pod stays some time on a node that fails, unless it says how long itself.
inline auto tolerate_failures(api::admission_request& r, std::int64_t how_long) -> result<void> {
    if (r.of.type != &object::type_of<pod>() || r.object == nullptr || !r.subresource.empty()) return {};
    auto& tolerations = r.object->as<pod>().spec.tolerations;
    auto missing = std::vector<std::string_view>();
    for (auto const key : {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"})
        if (!tolerates_failure(tolerations, key)) missing.emplace_back(key);
    for (auto const key : missing) {
        auto& t = tolerations.emplace_back();
        t.key = key;
        t.operator_ = "Exists";
        t.effect = "NoExecute";
        t.toleration_seconds = how_long;
    }
    return {};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto default_toleration_seconds(std::int64_t how_long) -> api::admission {
    auto step = [how_long](api::admission_request& r, api::admission_world const&) {
        return detail::tolerate_failures(r, how_long);
    };
    return {"DefaultTolerationSeconds", std::move(step), {}};
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/autoscaling/horizontal_pod_autoscaler/controller/scale_answers.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/scale_answers.hpp>

namespace berth::kube::detail {

BERTH_DECL auto no_matches(scale_query const& q) -> std::unexpected<error> {
    return fail(error_code::not_found, "no matches for kind \"" + q.kind + "\" in group \"" + q.group + "\"");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto scale_query_of(std::string_view namespace_, cross_version_object_reference const& to)
    -> scale_query {
    auto const slash = to.api_version.find('/');
    auto const grouped = slash != std::string::npos;
    return {std::string(namespace_), grouped ? to.api_version.substr(0, slash) : std::string(),
            grouped ? to.api_version.substr(slash + 1) : to.api_version, to.kind, to.name};
}

} // namespace berth::kube

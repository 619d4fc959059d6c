#pragma once

/// \file
/// What the API has answered about the scales of kinds that no cache follows: custom ones.

#include <berth/api/subresource.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/kube/autoscaling/cross_version_object_reference.hpp>

#include <compare>
#include <map>
#include <string>
#include <string_view>

namespace berth::kube {

/// Which scale somebody wants to know.
struct scale_query {
    std::string namespace_;
    std::string group;
    std::string version;
    std::string kind;
    std::string name;

    friend auto operator<=>(scale_query const&, scale_query const&) = default;
};

/// The scale that an autoscaler in a namespace is about.
[[nodiscard]] BERTH_DECL auto scale_query_of(std::string_view namespace_,
                                             cross_version_object_reference const& to) -> scale_query;

/// A scale as it was seen.
struct scale_answer {
    api::scale_state state;
    object::resource_name const* resource = nullptr; ///< of what is scaled; lives as long as who asked
};

namespace detail {

/// What is said of a kind that nobody knows, or that cannot be scaled.
BERTH_DECL auto no_matches(scale_query const& q) -> std::unexpected<error>;

} // namespace detail

using scale_answers = std::map<scale_query, result<scale_answer>>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/scale_answers.ipp>
#endif

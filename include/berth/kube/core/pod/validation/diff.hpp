#pragma once

/// \file
/// What changed in a pod spec, line by line, as kube-apiserver 1.36 tells it when it refuses the change.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/spec.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>

#include <array>
#include <utility>

namespace berth::kube::detail {

/// A pod spec as JSON of the server's internal type.
BERTH_DECL auto internal_json(pod_spec const& spec) -> std::string;

/// JSON text in lines, each level one blank deeper.
BERTH_DECL auto json_lines(std::string_view json) -> std::vector<std::string>;

/// Changes in the form of `diff -u`, without names of files.
BERTH_DECL auto unified(std::vector<std::string> const& a, std::vector<std::string> const& b) -> std::string;

/// What changed from one text of JSON to the other.
inline auto json_difference(std::string_view before, std::string_view now) -> std::string {
    return unified(json_lines(before), json_lines(now));
}

/// What changed from one spec to the other.
inline auto spec_difference(pod_spec const& before, pod_spec const& now) -> std::string {
    return json_difference(internal_json(before), internal_json(now));
}

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/diff.ipp>
#endif

#pragma once

/// \file
/// Labels by which the pods of one set are numbered or named, so that each has another value.

#include <berth/core/config.hpp>
#include <berth/object/selector.hpp>

#include <string_view>

namespace berth::kube {

/// Of a stateful set's pods.
inline constexpr std::string_view pod_name_label = "statefulset.kubernetes.io/pod-name";
inline constexpr std::string_view pod_index_label = "apps.kubernetes.io/pod-index";
/// Of an indexed job's pods, as a label and as an annotation.
inline constexpr std::string_view completion_index_key = "batch.kubernetes.io/job-completion-index";

/// Whether a label is one of these.
[[nodiscard]] constexpr auto is_index_label(std::string_view key) -> bool {
    return key == completion_index_key || key == pod_index_label || key == pod_name_label;
}

/// Whether a selector asks for such a label.
[[nodiscard]] BERTH_DECL auto names_index_label(object::selector const& s) -> bool;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/meta/index_labels.ipp>
#endif

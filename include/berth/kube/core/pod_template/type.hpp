#pragma once

/// \file
/// PodTemplates: pods that might be made (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/pod/spec.hpp>

namespace berth::kube {

/// Pods that might be made.
struct pod_template {
    static constexpr object::resource_name resource{"",  "v1", "PodTemplate", "podtemplates", "podtemplate",
                                                    true};

    object::meta metadata;
    pod_template_spec template_;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_template, "io.k8s.api.core.v1.PodTemplate", (metadata, .always = true, .number = 1),
                   (template_, .always = true, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod_template/type.ipp>
#endif

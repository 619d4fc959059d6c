#pragma once

/// \file
/// ControllerRevisions: what a set was at some time (apps/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// What a set was at some time, so that it can become so again.
struct controller_revision {
    static constexpr object::resource_name resource{
        "apps", "v1", "ControllerRevision", "controllerrevisions", "controllerrevision", true};

    object::meta metadata;
    object::raw_json data;
    std::int64_t revision = 0;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(controller_revision, "io.k8s.api.apps.v1.ControllerRevision",
                   (metadata, .always = true, .number = 1), (data, .immutable = true, .number = 2),
                   (revision, .required = true, .always = true, .minimum = 0, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/controller_revision/type.ipp>
#endif

#pragma once

/// \file
/// The bodies of `berth/kube/autoscaling/horizontal_pod_autoscaler/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/kind.hpp>

namespace berth::kube::detail {

/// What the annotations of the older version say is not kept twice.
inline auto drop_carried_annotations(horizontal_pod_autoscaler& a) -> void {
    for (auto const key : carried_annotations) a.metadata.annotations.erase(key);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto horizontal_pod_autoscaler_kind() -> api::kind_of<horizontal_pod_autoscaler> {
    auto k = api::kind_of<horizontal_pod_autoscaler>{};
    k.short_names = {"hpa"};
    k.categories = {"all"};
    k.set_defaults = [](horizontal_pod_autoscaler& a) {
        detail::drop_carried_annotations(a);
        set_defaults(a);
    };
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.columns = horizontal_pod_autoscaler_columns();
    return k;
}

} // namespace berth::kube

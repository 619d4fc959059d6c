#pragma once

/// \file
/// The bodies of `berth/kube/core/pod_template/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/defaults.hpp>
#include <berth/kube/core/pod/validation/template.hpp>
#include <berth/kube/core/pod/warnings.hpp>
#include <berth/kube/core/pod_template/kind.hpp>

namespace berth::kube::detail {

inline auto fill_pod_template(pod_template& t) -> void {
    object::apply_defaults(t.template_);
    complete(t.template_.spec);
}

inline auto warn_of_pod_template(pod_template const& t, pod_template const* before) -> warning_list {
    auto out = warning_list();
    if (before == nullptr || t.metadata.generation != before->metadata.generation)
        warn_of_template(t.template_, field_path("template"), out);
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto pod_template_kind() -> api::kind_of<pod_template> {
    using pods = pod_template;
    auto k = api::kind_of<pods>{};
    k.set_defaults = &detail::fill_pod_template;
    k.prepare_create = [](pods& t) { t.metadata.generation = 1; };
    k.prepare_update = [](pods& now, pods const& before) {
        if (!(now.template_ == before.template_)) ++now.metadata.generation;
    };
    k.validate = [](pods const& t, api::field_errors& errors) {
        detail::validate_template(t.template_, api::field_path("template"), errors);
    };
    k.validate_update = [](pods const& t, pods const&, api::field_errors& errors) {
        detail::validate_template(t.template_, api::field_path("template"), errors);
    };
    k.warnings = &detail::warn_of_pod_template;
    k.columns = {name_column<pods>(),
                 column<pods>("Containers",
                              [](pods const& t, time_point) -> api::cell {
                                  return container_names(t.template_.spec);
                              }),
                 column<pods>("Images",
                              [](pods const& t, time_point) -> api::cell {
                                  return container_images(t.template_.spec);
                              }),
                 column<pods>("Pod Labels", [](pods const& t, time_point) -> api::cell {
                     return shown_labels(t.template_.metadata.labels);
                 })};
    return k;
}

} // namespace berth::kube

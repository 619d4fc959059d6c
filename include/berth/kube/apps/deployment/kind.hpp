#pragma once

/// \file
/// How deployments behave in the API, and their table (kubernetes 1.36, `pkg/registry/apps/deployment`).

#include <berth/api/kind.hpp>
#include <berth/kube/apps/deployment/defaults.hpp>
#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/apps/deployment/validation.hpp>
#include <berth/kube/apps/deployment/warnings.hpp>
#include <berth/kube/apps/workload.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube {

[[nodiscard]] inline auto deployment_kind() -> api::kind_of<deployment> {
    auto k = api::kind_of<deployment>{};
    k.short_names = {"deploy"};
    k.categories = {"all"};
    k.generation = api::generation_rule::spec_and_annotations;
    k.set_defaults = &set_defaults;
    k.prepare_status = [](deployment& now, deployment const& before) {
        now.metadata.labels = before.metadata.labels;
    };
    k.validate = &validate;
    k.warnings = &warnings_of;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.columns = {name_column<deployment>(),
                 column<deployment>("Ready",
                                    [](deployment const& d, time_point) -> api::cell {
                                        return std::to_string(d.status.ready_replicas) + "/" +
                                               std::to_string(d.spec.replicas.value_or(0));
                                    }),
                 column<deployment>("Up-to-date",
                                    [](deployment const& d, time_point) -> api::cell {
                                        return std::int64_t{d.status.updated_replicas};
                                    }),
                 column<deployment>("Available",
                                    [](deployment const& d, time_point) -> api::cell {
                                        return std::int64_t{d.status.available_replicas};
                                    }),
                 age_column<deployment>(),
                 wide_column<deployment>("Containers",
                                         [](deployment const& d, time_point) -> api::cell {
                                             return container_names(d.spec.template_.spec);
                                         }),
                 wide_column<deployment>("Images",
                                         [](deployment const& d, time_point) -> api::cell {
                                             return container_images(d.spec.template_.spec);
                                         }),
                 wide_column<deployment>("Selector", [](deployment const& d, time_point) -> api::cell {
                     return detail::selector_text(d.spec.selector);
                 })};
    k.subresources = {api::scale_subresource<&detail::workload_scale<deployment>,
                                             &detail::set_workload_scale<deployment>, deployment>()};
    return k;
}

} // namespace berth::kube

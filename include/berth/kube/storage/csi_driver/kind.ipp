#pragma once

/// \file
/// The bodies of `berth/kube/storage/csi_driver/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/storage/csi_driver/kind.hpp>

namespace berth::kube::detail {

inline auto shown_audiences(csi_driver_spec const& s) -> std::string {
    if (s.token_requests.empty()) return "<unset>";
    auto out = std::vector<std::string>();
    for (auto const& t : s.token_requests) out.push_back(t.audience);
    return joined(out);
}

inline auto truth_column(std::string_view name, shown_as<csi_driver> value) -> api::column_of<csi_driver> {
    return {.name = name, .value = value, .type = "boolean"};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto csi_driver_kind() -> api::kind_of<csi_driver> {
    using driver = csi_driver;
    auto k = api::kind_of<driver>{};
    k.generation = api::generation_rule::spec;
    k.unconditional_update = false;
    k.returns_deleted = true;
    k.set_defaults = &set_defaults;
    k.columns = {name_column<driver>(),
                 detail::truth_column("AttachRequired",
                                      [](driver const& d, time_point) -> api::cell {
                                          return d.spec.attach_required.value_or(true);
                                      }),
                 detail::truth_column("PodInfoOnMount",
                                      [](driver const& d, time_point) -> api::cell {
                                          return d.spec.pod_info_on_mount.value_or(false);
                                      }),
                 detail::truth_column("StorageCapacity",
                                      [](driver const& d, time_point) -> api::cell {
                                          return d.spec.storage_capacity.value_or(false);
                                      }),
                 column<driver>("TokenRequests",
                                [](driver const& d, time_point) -> api::cell {
                                    return detail::shown_audiences(d.spec);
                                }),
                 detail::truth_column("RequiresRepublish",
                                      [](driver const& d, time_point) -> api::cell {
                                          return d.spec.requires_republish.value_or(false);
                                      }),
                 column<driver>("Modes",
                                [](driver const& d, time_point) -> api::cell {
                                    return or_none(joined(d.spec.volume_lifecycle_modes));
                                }),
                 age_column<driver>()};
    return k;
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/batch/cron_job/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/cron_job/kind.hpp>

namespace berth::kube::detail {

inline auto shown_pods(cron_job const& c) -> pod_spec const& {
    return c.spec.job_template.spec.template_.spec;
}

inline auto cron_job_columns() -> std::vector<api::column_of<cron_job>> {
    using cron = cron_job;
    auto suspended = column<cron>("Suspend", [](cron const& c, time_point) -> api::cell {
        if (!c.spec.suspend) return std::string("<unset>");
        return std::string(*c.spec.suspend ? "True" : "False");
    });
    suspended.type = "boolean";
    return {
        name_column<cron>(),
        column<cron>("Schedule", [](cron const& c, time_point) -> api::cell { return c.spec.schedule; }),
        column<cron>("Timezone",
                     [](cron const& c, time_point) -> api::cell {
                         return c.spec.time_zone ? *c.spec.time_zone : std::string(none_shown);
                     }),
        suspended,
        number_column<cron>("Active",
                            [](cron const& c, time_point) -> api::cell {
                                return static_cast<std::int64_t>(c.status.active.size());
                            }),
        column<cron>("Last Schedule",
                     [](cron const& c, time_point now) -> api::cell {
                         auto const& last = c.status.last_schedule_time;
                         return last ? since(*last, now) : std::string(none_shown);
                     }),
        age_column<cron>(),
        wide_column<cron>(
            "Containers",
            [](cron const& c, time_point) -> api::cell { return container_names(shown_pods(c)); }),
        wide_column<cron>(
            "Images", [](cron const& c, time_point) -> api::cell { return container_images(shown_pods(c)); }),
        wide_column<cron>("Selector", [](cron const& c, time_point) -> api::cell {
            auto const& selector = c.spec.job_template.spec.selector;
            return selector ? object::shown(*selector) : std::string(none_shown);
        })};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto cron_job_kind() -> api::kind_of<cron_job> {
    auto k = api::kind_of<cron_job>{};
    k.short_names = {"cj"};
    k.categories = {"all"};
    k.generation = api::generation_rule::spec;
    k.set_defaults = &set_defaults;
    k.validate = &validate;
    k.warnings = &warnings_of;
    k.validate_update = &validate_update;
    k.columns = detail::cron_job_columns();
    return k;
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/batch/cron_job/controller/new_job.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/cron_job/controller/new_job.hpp>
#include <berth/reconcile/ownership.hpp>

#include <cstdint>

namespace berth::kube::detail {

/// The distance of clocks from UTC: `+05:30`.
inline auto offset_text(std::int64_t seconds_east) -> std::string {
    auto const minutes = (seconds_east < 0 ? -seconds_east : seconds_east) / 60;
    auto const two = [](std::int64_t n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
    return (seconds_east < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto job_name_at(cron_job const& c, time_point due) -> std::string {
    return c.metadata.name + "-" + std::to_string(due.unix_seconds() / 60);
}

BERTH_DECL auto zoned_text(time_point t, object::time_zone const& zone) -> std::string {
    auto const offset = std::int64_t{zone.period_at(t.unix_seconds()).offset};
    auto out = object::timestamp(t + seconds(offset)).to_string();
    if (offset != 0) out.replace(out.size() - 1, 1, detail::offset_text(offset));
    return out;
}

BERTH_DECL auto new_job(cron_job const& c, time_point due, object::time_zone const& zone) -> job {
    auto out = job{};
    auto const& t = c.spec.job_template;
    out.metadata.name = job_name_at(c, due);
    out.metadata.namespace_ = c.metadata.namespace_;
    out.metadata.labels = t.metadata.labels;
    out.metadata.annotations = t.metadata.annotations;
    out.metadata.annotations[scheduled_time_key] = zoned_text(due, zone);
    out.metadata.owner_references.push_back(reconcile::controlled_by(c));
    out.spec = t.spec;
    return out;
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/batch/cron_job/controller/history.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/cron_job/controller/history.hpp>
#include <berth/kube/batch/job/state.hpp>

#include <algorithm>
#include <optional>
#include <string>

namespace berth::kube::detail {

/// Of two jobs the one that has not begun comes last.
inline auto began_before(job const& a, job const& b) -> bool {
    auto const& x = a.status.start_time;
    auto const& y = b.status.start_time;
    if (x.has_value() != y.has_value()) return x.has_value();
    return x != y ? *x < *y : a.metadata.name < b.metadata.name;
}

/// Adds all but the last `kept` of the jobs for which a condition holds.
inline auto add_outdated(scheduled_jobs const& jobs, std::string_view condition,
                         std::optional<std::int32_t> kept, scheduled_jobs& out) -> void {
    if (!kept) return;
    auto ended = scheduled_jobs();
    for (auto const& j : jobs)
        if (has_condition(*j, condition)) ended.push_back(j);
    std::sort(ended.begin(), ended.end(), [](auto const& a, auto const& b) { return began_before(*a, *b); });
    auto const surplus = std::max(std::ssize(ended) - *kept, std::ptrdiff_t{0});
    out.insert(out.end(), ended.begin(), ended.begin() + std::min(surplus, std::ssize(ended)));
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto is_listed(cron_job_status const& s, std::string_view uid) -> bool {
    return std::any_of(s.active.begin(), s.active.end(), [&](auto const& r) { return r.uid == uid; });
}

BERTH_DECL auto unlist(cron_job_status& s, std::string_view uid) -> bool {
    return erase_if(s.active, [&](object_reference const& r) { return r.uid == uid; }) != 0;
}

BERTH_DECL auto enlist(cron_job_status& s, reconcile::seen<job> j) -> void {
    auto& r = s.active.emplace_back();
    r.kind = job::resource.kind;
    r.api_version = "batch/v1";
    r.namespace_ = j->metadata.namespace_;
    r.name = j->metadata.name;
    r.uid = j->metadata.uid;
    r.resource_version = std::to_string(j.revision_of());
}

BERTH_DECL auto outdated_jobs(cron_job_spec const& s, scheduled_jobs const& jobs) -> scheduled_jobs {
    auto out = scheduled_jobs();
    detail::add_outdated(jobs, "Complete", s.successful_jobs_history_limit, out);
    detail::add_outdated(jobs, "Failed", s.failed_jobs_history_limit, out);
    return out;
}

} // namespace berth::kube

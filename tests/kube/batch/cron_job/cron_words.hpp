#pragma once

/// \file
/// The words in which tests speak of cron jobs.

#include "../job/job_words.hpp"

#include <berth/kube/batch/cron_job/type.hpp>

namespace test {

class make_cron_job : public maker<make_cron_job, kube::cron_job> {
public:
    explicit make_cron_job(std::string schedule) : maker("tick") {
        value_.spec.schedule = std::move(schedule);
        value_.spec.concurrency_policy = "Allow";
        value_.spec.job_template.spec = make_job("work").done().spec;
    }
    auto zone(std::string name) -> make_cron_job& {
        return with([&](kube::cron_job& c) { c.spec.time_zone.engage() = std::move(name); });
    }
    auto policy(std::string name) -> make_cron_job& {
        return with([&](kube::cron_job& c) { c.spec.concurrency_policy = std::move(name); });
    }
    auto deadline(std::int64_t seconds) -> make_cron_job& {
        return with([&](kube::cron_job& c) { c.spec.starting_deadline_seconds = seconds; });
    }
    auto last(time_point t) -> make_cron_job& {
        return with([&](kube::cron_job& c) { c.status.last_schedule_time = object::timestamp(t); });
    }
    auto active(std::string name) -> make_cron_job& {
        return with([&](kube::cron_job& c) {
            auto& r = c.status.active.emplace_back();
            r.kind = "Job";
            r.api_version = "batch/v1";
            r.namespace_ = "default";
            r.uid = "uid-of-" + name;
            r.name = std::move(name);
        });
    }
};

} // namespace test

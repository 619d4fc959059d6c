#pragma once

/// \file
/// The bodies of `berth/kube/batch/cron_job/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/cron_job/validation.hpp>
#include <berth/object/cron.hpp>
#include <berth/object/zone_info.hpp>

#include <string>
#include <string_view>

namespace berth::kube::detail {

/// The name of a job is that of its cron job, and eleven characters of the time.
inline constexpr std::size_t longest_cron_job_name = 52;

inline auto tells_zone(std::string_view schedule) -> bool {
    return schedule.find("TZ") != std::string_view::npos;
}

/// A zone in the schedule itself may stay, but it may not come.
inline auto validate_schedule(cron_job_spec const& s, cron_job_spec const* before, field_path const& at,
                              field_errors& errors) -> void {
    if (s.schedule.empty()) return errors.required(at);
    if (auto const parsed = object::cron::parse(s.schedule); !parsed)
        errors.invalid(at, s.schedule, parsed.error().message);
    if (!tells_zone(s.schedule)) return;
    if (before == nullptr || !tells_zone(before->schedule))
        errors.invalid(at, s.schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    else if (s.time_zone)
        errors.invalid(at, s.schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
}

/// A part of the name of a time zone, between slashes.
inline auto is_zone_part(std::string_view part) -> bool {
    constexpr auto known = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-' || c == '_' || c == '+';
    };
    if (part.empty() || part.size() > 14 || part == "." || part == ".." || part.front() == '-') return false;
    return object::detail::all_are(part, known);
}

inline auto is_zone_name(std::string_view name) -> bool {
    while (true) {
        auto const slash = name.find('/');
        if (!is_zone_part(name.substr(0, slash))) return false;
        if (slash == std::string_view::npos) return true;
        name.remove_prefix(slash + 1);
    }
}

inline auto validate_time_zone(std::string const& zone, field_path const& at, field_errors& errors) -> void {
    auto const unknown = "unknown time zone " + zone;
    if (zone.empty()) return errors.invalid(at, zone, "timeZone must be nil or non-empty string");
    if (!is_zone_name(zone)) return errors.invalid(at, zone, unknown);
    if (api::detail::lower_case(zone) == "local")
        errors.invalid(
            at, zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
    if (zone != "Local" && !object::load_time_zone(zone)) errors.invalid(at, zone, unknown);
}

inline auto validate_job_template_of_schedule(job_spec const& s, field_path const& at, field_errors& errors)
    -> void {
    validate_job_body(s, at, errors);
    if (s.selector)
        errors.invalid(at.child("selector"), shown_value::json(*s.selector),
                       "`selector` will be auto-generated");
    if (s.manual_selector.value_or(false))
        errors.not_supported(at.child("manualSelector"), true, {"nil", "false"});
}

/// `before`: the spec that is changed, or null.
inline auto validate_cron_job_spec(cron_job_spec const& s, cron_job_spec const* before, field_errors& errors)
    -> void {
    auto const& at = spec_path;
    auto const jobs = at.child("jobTemplate");
    validate_schedule(s, before, at.child("schedule"), errors);
    check_bounds(s, &cron_job_spec::starting_deadline_seconds, at, errors);
    if (s.time_zone && (before == nullptr || !(before->time_zone == s.time_zone)))
        validate_time_zone(*s.time_zone, at.child("timeZone"), errors);
    require_allowed(s, &cron_job_spec::concurrency_policy, at, errors);
    validate_job_template_of_schedule(s.job_template.spec, jobs.child("spec"), errors);
    check_bounds(s, &cron_job_spec::successful_jobs_history_limit, at, errors);
    check_bounds(s, &cron_job_spec::failed_jobs_history_limit, at, errors);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(cron_job const& c, api::field_errors& errors) -> void {
    detail::validate_cron_job_spec(c.spec, nullptr, errors);
    auto const metadata = api::field_path("metadata");
    if (c.metadata.name.size() > detail::longest_cron_job_name)
        errors.invalid(metadata.child("name"), c.metadata.name, "must be no more than 52 characters");
}

BERTH_DECL auto validate_update(cron_job const& now, cron_job const& before, api::field_errors& errors)
    -> void {
    detail::validate_cron_job_spec(now.spec, &before.spec, errors);
}

} // namespace berth::kube

#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/warnings.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/warnings.hpp>

namespace berth::kube::detail {

inline auto shown_problems(object::problems const& problems) -> std::string {
    auto out = std::string("[");
    for (auto const& p : problems) (out += out.size() == 1 ? "" : " ") += p;
    return out += ']';
}

BERTH_DECL auto warn_of_job_name(std::string const& name, warning_list& out) -> void {
    if (!object::is_dns1123_label(name))
        out.push_back("metadata.name: this is used in Pod names and hostnames, which can result in "
                      "surprising behavior; a DNS label is recommended: " +
                      shown_problems(object::dns1123_label_problems(name)));
}

BERTH_DECL auto warn_of_job_spec(job_spec const& s, job_spec const* before, field_path const& at,
                                 warning_list& out) -> void {
    auto const indexed = s.completion_mode && *s.completion_mode == "Indexed";
    if (indexed && s.completions.value_or(0) > 100'000 && s.parallelism.value_or(0) > 10'000)
        warn(
            out, at,
            "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than "
            "10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail");
    if (before == nullptr || !(s.template_ == before->template_))
        warn_of_template(s.template_, at.child("template"), out);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto warnings_of(job const& j, job const* before) -> warning_list {
    auto out = warning_list();
    if (before == nullptr) detail::warn_of_job_name(j.metadata.name, out);
    if (before == nullptr || !(j.spec == before->spec))
        detail::warn_of_job_spec(j.spec, before == nullptr ? nullptr : &before->spec, api::field_path("spec"),
                                 out);
    return out;
}

} // namespace berth::kube

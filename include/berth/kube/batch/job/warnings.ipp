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

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto warnings_of(job const& j, job const* before) -> warning_list {
    auto out = warning_list();
    if (before == nullptr && !object::is_dns1123_label(j.metadata.name))
        out.push_back("metadata.name: this is used in Pod names and hostnames, which can result in "
                      "surprising behavior; a DNS label is recommended: " +
                      detail::shown_problems(object::dns1123_label_problems(j.metadata.name)));
    if (before != nullptr && j.spec == before->spec) return out;
    auto const indexed = j.spec.completion_mode && *j.spec.completion_mode == "Indexed";
    if (indexed && j.spec.completions.value_or(0) > 100'000 && j.spec.parallelism.value_or(0) > 10'000)
        out.emplace_back("spec: In Indexed Jobs with a number of completions higher than 10^5 and a "
                         "parallelism higher than 10^4, Kubernetes might not be able to track "
                         "completedIndexes when a big number of indexes fail");
    if (before != nullptr && j.spec.template_ == before->spec.template_) return out;
    for (auto& w : detail::warnings_of_template(j.spec.template_)) out.push_back(std::move(w));
    return out;
}

} // namespace berth::kube

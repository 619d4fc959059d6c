#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/controller/backoff.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/controller/backoff.hpp>

#include <algorithm>

namespace berth::kube::detail {

/// When those pods ended that are not reckoned in yet; the last comes last.
inline auto new_ends(job_backoff const& before, job_pods const& pods) -> std::vector<time_point> {
    auto out = std::vector<time_point>();
    for (auto const& p : pods)
        if (!std::binary_search(before.reckoned.begin(), before.reckoned.end(), p->metadata.uid))
            out.push_back(finished_at(*p));
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto backoff_left(std::int64_t failures, std::optional<time_point> last, time_point now)
    -> duration {
    if (failures <= 0 || !last) return {};
    auto pause = first_job_backoff;
    for (auto i = std::int64_t{1}; i < failures && pause < longest_job_backoff; ++i) pause = pause * 2;
    auto const end = *last + std::min(pause, longest_job_backoff);
    return std::max(end - now, duration());
}

BERTH_DECL auto with_ended(job_backoff const& before, job_pods const& succeeded, job_pods const& failed)
    -> job_backoff {
    auto const good = detail::new_ends(before, succeeded);
    auto const bad = detail::new_ends(before, failed);
    auto out = before;
    if (!good.empty()) {
        out.failures = 0;
        out.last_failure.reset();
    }
    for (auto const at : bad) {
        if (!good.empty() && at <= good.back()) continue;
        ++out.failures;
        out.last_failure = at;
    }
    out.reckoned.clear();
    for (auto const* const pods : {&succeeded, &failed})
        for (auto const& p : *pods) out.reckoned.push_back(p->metadata.uid);
    std::sort(out.reckoned.begin(), out.reckoned.end());
    return out;
}

} // namespace berth::kube

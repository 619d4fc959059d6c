#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/controller/tracking.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/controller/failure_policy.hpp>
#include <berth/kube/batch/job/controller/tracking.hpp>

#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace berth::kube::detail {

/// Which of the uids that a status tells are those of tracked pods. (Of very many pods few are told.)
inline auto tracked_among(uncounted_terminated_pods const& told, job_pods const& pods)
    -> std::set<std::string> {
    auto out = std::set<std::string>();
    if (told.succeeded.empty() && told.failed.empty()) return out;
    auto wanted = std::set<std::string_view>(told.succeeded.begin(), told.succeeded.end());
    wanted.insert(told.failed.begin(), told.failed.end());
    for (auto const& p : pods)
        if (is_tracked(*p) && wanted.contains(p->metadata.uid)) out.insert(p->metadata.uid);
    return out;
}

/// Takes the uids out that are not among those of tracked pods. Answers how many.
inline auto take_untracked(std::vector<std::string>& uids, std::set<std::string> const& tracked)
    -> std::int32_t {
    return static_cast<std::int32_t>(
        std::erase_if(uids, [&](std::string const& uid) { return !tracked.contains(uid); }));
}

inline auto count_untracked(job_status& s, std::set<std::string> const& tracked) -> void {
    auto& uncounted = s.uncounted_terminated_pods.engage();
    s.succeeded += take_untracked(uncounted.succeeded, tracked);
    s.failed += take_untracked(uncounted.failed, tracked);
}

/// Whether the finalizer may go: the pod is over, or the job is. One that failed stays until its successor
/// knows of it.
inline auto may_go(job_progress const& progress, bool ends, pod const& p) -> bool {
    auto const& j = *progress.self;
    if (ends || j.metadata.deleting() || p.status.phase == "Succeeded") return true;
    if (!has_failed(j, p)) return false;
    auto const i = completion_index(p);
    auto const waiting = i ? progress.to_replace.find(*i) : progress.to_replace.end();
    return waiting == progress.to_replace.end() || waiting->second->metadata.uid != p.metadata.uid;
}

/// A tally on its way through the pods.
class tallying {
public:
    tallying(job_progress const& progress, std::optional<job_ending> const& ending, job_tally& out)
        : progress_(progress), ending_(ending), out_(out) {}

    auto run() -> void {
        for (auto const& p : progress_.pods) {
            if (!is_tracked(*p) || !may_go(progress_, ending_.has_value(), *p)) continue;
            out_.release.push_back(p);
            add(*p);
            out_.all = completed_.size() + uids().succeeded.size() + uids().failed.size() < most_uncounted;
            if (!out_.all) break;
        }
        if (is_indexed(progress_.spec())) tell_indexes();
    }

private:
    auto uids() -> uncounted_terminated_pods& { return out_.before.uncounted_terminated_pods.engage(); }

    auto add(pod const& p) -> void {
        auto const known_failed = progress_.uncounted_failed.contains(p.metadata.uid);
        if (p.status.phase == "Succeeded" && !known_failed) add_success(p);
        else if (!known_failed) add_failure(p);
    }
    auto add_success(pod const& p) -> void {
        if (is_indexed(progress_.spec())) {
            auto const i = index_within(*progress_.self, p);
            if (i && !progress_.completed_before.has(*i)) completed_.push_back(*i);
        } else if (!progress_.uncounted_succeeded.contains(p.metadata.uid)) {
            uids().succeeded.push_back(p.metadata.uid);
        }
    }
    /// When a job fails, so have all of its pods that are not over.
    auto add_failure(pod const& p) -> void {
        auto const fails = has_failed(*progress_.self, p) || (ending_ && !ending_->success);
        if (!fails || !is_valid(*progress_.self, p)) return;
        if (judge_failure(progress_.spec(), p).counts) uids().failed.push_back(p.metadata.uid);
    }
    auto tell_indexes() -> void {
        auto& s = out_.before;
        auto const completed = progress_.completed.with(index_set(completed_));
        s.succeeded = static_cast<std::int32_t>(completed.size());
        s.completed_indexes = completed.to_string();
        if (has_backoff_per_index(*progress_.self)) s.failed_indexes = progress_.failed_indexes.to_string();
        else s.failed_indexes.reset();
    }

    job_progress const& progress_;
    std::optional<job_ending> const& ending_;
    job_tally& out_;
    std::vector<std::int64_t> completed_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto tally(job_progress const& progress, std::optional<job_ending> const& ending,
                      job_status status) -> job_tally {
    auto out = job_tally();
    auto const tracked = [&] {
        return detail::tracked_among(out.before.uncounted_terminated_pods.engage(), progress.pods);
    };
    out.before = std::move(status);
    detail::count_untracked(out.before, tracked());
    detail::tallying(progress, ending, out).run();
    auto left = tracked();
    for (auto const& p : out.release) left.erase(p->metadata.uid);
    out.after = out.before;
    detail::count_untracked(out.after, left);
    auto const& rest = *out.after.uncounted_terminated_pods;
    out.all = out.all && rest.succeeded.empty() && rest.failed.empty();
    return out;
}

} // namespace berth::kube

#pragma once

/// \file
/// The words in which tests speak of jobs and their pods.

#include "../../vocabulary.hpp"

#include <berth/kube/batch/job/controller/progress.hpp>

namespace test {

/// A job whose pods and selector have the label `app=NAME`.
class make_job : public maker<make_job, kube::job> {
public:
    explicit make_job(std::string name, std::int32_t completions = 1, std::int32_t parallelism = 1)
        : maker(name) {
        auto& spec = value_.spec;
        spec.completions = completions;
        spec.parallelism = parallelism;
        spec.backoff_limit = 6;
        spec.selector.engage().match_labels["app"] = name;
        spec.template_.metadata.labels["app"] = name;
        spec.template_.spec.restart_policy = "Never";
        auto& c = spec.template_.spec.containers.emplace_back();
        c.name = "main";
        c.image = "app:v1";
    }
    auto indexed() -> make_job& {
        return with([](kube::job& j) { j.spec.completion_mode.engage() = "Indexed"; });
    }
    auto per_index(std::int32_t limit) -> make_job& {
        return with([&](kube::job& j) { j.spec.backoff_limit_per_index = limit; });
    }
    auto suspended(bool is = true) -> make_job& {
        return with([&](kube::job& j) { j.spec.suspend = is; });
    }
    auto condition(std::string type, std::string status = "True", std::string reason = "R") -> make_job& {
        return with([&](kube::job& j) {
            auto& c = j.status.conditions.emplace_back();
            c.type = std::move(type);
            c.status = std::move(status);
            c.reason = std::move(reason);
            c.last_transition_time = object::timestamp(new_year);
        });
    }
    /// Replaces pods only when they are over.
    auto patient() -> make_job& {
        return with([](kube::job& j) { j.spec.pod_replacement_policy.engage() = "Failed"; });
    }
    auto failure_rule(std::string action) -> kube::pod_failure_policy_rule& {
        auto& r = value_.spec.pod_failure_policy.engage().rules.emplace_back();
        r.action = std::move(action);
        return r;
    }
};

/// A tracked pod of a job.
inline auto pod_of(make_job const& j, std::string name) -> make_pod {
    return make_pod(std::move(name))
        .label("app", j.done().metadata.name)
        .owned_by(j)
        .finalizer(std::string(kube::job_tracking_finalizer));
}
inline auto pod_of(make_job const& j, std::string name, int index) -> make_pod {
    return pod_of(j, std::move(name))
        .annotation(std::string(kube::completion_index_key), std::to_string(index));
}

/// Ends a pod: with success if `code` is 0.
inline auto ended(make_pod p, std::int32_t code, time_point at = new_year) -> make_pod {
    return p.phase(code == 0 ? "Succeeded" : "Failed").with([&](kube::pod& x) {
        auto& c = x.status.container_statuses.emplace_back();
        c.name = "main";
        auto& t = c.state.terminated.engage();
        t.exit_code = code;
        t.finished_at = object::timestamp(at);
    });
}

/// What a job and its pods tell.
inline auto progress_in(reconcile::world& w, std::string const& name) -> kube::job_progress {
    w.follow<kube::pod>();
    auto const world = std::as_const(w).at(new_year);
    auto pods = kube::job_pods();
    auto const j = world.get<kube::job>("default", name);
    for (auto const p : world.owned_by<kube::pod>(j->metadata.uid)) pods.push_back(p);
    return kube::progress_of(j, std::move(pods));
}

} // namespace test

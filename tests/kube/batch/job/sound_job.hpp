#pragma once

/// \file
/// A job as the server has it: with defaults, its uid and its own selector.

#include "../../complaints.hpp"

#include <berth/kube/batch/job/kind.hpp>

namespace test {

inline auto sound_job() -> kube::job {
    auto j = named<kube::job>("count");
    j.metadata.uid = "u1";
    auto& c = j.spec.template_.spec.containers.emplace_back();
    c.name = "main";
    c.image = "busybox:1";
    j.spec.template_.spec.restart_policy = "Never";
    set_defaults(j);
    kube::job_kind().prepare_create(j);
    return j;
}

/// The same with an index for each of its pods.
inline auto indexed_job(std::int32_t completions = 4) -> kube::job {
    auto j = sound_job();
    j.spec.completion_mode.engage() = "Indexed";
    j.spec.completions = completions;
    return j;
}

} // namespace test

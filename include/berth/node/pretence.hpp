#pragma once

/// \file
/// How containers behave that are only pretended: when they end, with what, and what they use. Annotations of
/// their pods say so, `simulated.berth.dev/WHAT` for all containers of a pod that are no init containers, or
/// `simulated.berth.dev/WHAT.CONTAINER` for one:
///
/// * `runs-for`: a span such as `90s` or `1m30s`, or `ever`;
/// * `exit-code`: a number from 0 to 255, when the span is over;
/// * `cpu`, `memory`: what it uses, as quantities.
///
/// What is none of these counts as not said.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/node/runtime.hpp>

#include <optional>
#include <string_view>

namespace berth::node {

inline constexpr std::string_view pretence_prefix = "simulated.berth.dev/";

/// What holds where annotations say nothing.
struct pretence {
    duration init_runs_for = {};    ///< of init containers that are no sidecars
    duration runs_for = seconds(1); ///< of containers of pods that are not restarted whatever happens
    int exit_code = 0;              ///< of both
    std::int64_t cpu_millis = 1;    ///< of each container
    std::int64_t memory_bytes = std::int64_t{1} << 20U;
};

/// When a container that is pretended ends by itself; nothing: it does not.
[[nodiscard]] BERTH_DECL auto pretended_end_of(kube::pod const& p, kube::container const& c, bool init,
                                               pretence const& otherwise) -> std::optional<pretended_end>;

/// What it uses while it runs.
[[nodiscard]] BERTH_DECL auto pretended_usage_of(kube::pod const& p, kube::container const& c,
                                                 pretence const& otherwise) -> container_rate;

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/pretence.ipp>
#endif

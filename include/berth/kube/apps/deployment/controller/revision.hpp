#pragma once

/// \file
/// The replica set of a deployment's template: how it is recognised, named and numbered (kubernetes 1.36,
/// `pkg/controller/deployment/util/deployment_util.go`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/controller/status.hpp>
#include <berth/kube/apps/template_hash.hpp>
#include <berth/kube/control/ownership.hpp>
#include <berth/object/label_selector.hpp>

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace berth::kube {

namespace detail {

/// Adds a revision to the text of those before it; the oldest are dropped when the text would become too
/// long.
BERTH_DECL auto remember_revision(std::string history, std::string const& revision) -> std::string;

/// Copies the deployment's annotations, and gives the set a revision if it has a lower one. A set that had a
/// revision before is being rolled back to: the old revision is remembered. Says whether anything changed.
BERTH_DECL auto annotate_current(deployment const& d, replica_set& set, std::int64_t revision) -> bool;

/// The sizes that the set is part of, for scaling in proportion later.
BERTH_DECL auto annotate_sizes(deployment const& d, replica_set& set) -> void;

/// The highest revision of the old sets, and one.
BERTH_DECL auto next_revision(rollout_sets const& sets) -> std::int64_t;

/// A set of the deployment's template.
BERTH_DECL auto made_set(deployment const& d, rollout_sets const& sets) -> replica_set;

} // namespace detail

/// Which of its sets has the deployment's template (the oldest that has it), and which are old.
[[nodiscard]] BERTH_DECL auto sort_out(deployment const& d,
                                       std::vector<reconcile::seen<replica_set>> const& all) -> rollout_sets;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/deployment/controller/revision.ipp>
#endif

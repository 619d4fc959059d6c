#pragma once

/// \file
/// What a scheduler may be told.

#include <berth/core/time.hpp>
#include <berth/object/meta.hpp>
#include <berth/reconcile/plan.hpp>
#include <berth/schedule/placer_limits.hpp>
#include <berth/schedule/waiting_queue.hpp>

#include <cstddef>
#include <functional>
#include <string>

namespace berth::kube {

/// What a scheduler may be told.
struct scheduler_options {
    std::size_t batch = 256; ///< the most pods of one step, whose bindings leave together
    schedule::back_off wait = {.cut_short = true};
    /// How much is remembered of decisions (`schedule::placer`): pods of one class (`pod_class`) are as good
    /// as each other. No classes: each pod is decided for anew, as a profile needs that looks at pods' names.
    schedule::placer_limits memory{};
    /// Whether a plugin of the profiles may look at annotations of pods, or at labels that number the pods of
    /// a set (`is_index_label`), by itself: then each pod of an indexed job is of a class of its own, and
    /// costs as much as the first. If not, they are of one class until some selector names such a label. No
    /// plugin of Kubernetes does, and so the scheduler with the default profile takes it for false.
    bool indexes_matter = true;
    /// How long the claims of a pod may take to be bound when it has a node (`bindTimeoutSeconds`).
    duration volume_binding_limit = minutes(10);
    std::function<void(reconcile::note const&, time_point)> record; ///< hears what happened; may be left out
    /// Hears why each pod went where it did: its key, its node, the account of the decision as a table. May
    /// be left out, and costs something only if it is not.
    std::function<void(object::key const&, std::string const& node, std::string const& why)> explain;
};

} // namespace berth::kube

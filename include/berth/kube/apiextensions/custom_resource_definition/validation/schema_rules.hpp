#pragma once

/// \file
/// How strictly schemas are checked.

namespace berth::kube {

/// How strict the checks are; what was accepted once is not refused later.
struct schema_rules {
    bool valid_types = true;
    bool structural = true;
    bool pruned_defaults = true;
    bool atomic_sets = true; ///< elements of sets are atomic
    bool keyed_lists = true; ///< keys of lists are required or have a default
};

} // namespace berth::kube

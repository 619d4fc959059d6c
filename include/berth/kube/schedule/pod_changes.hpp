#pragma once

/// \file
/// What a scheduler tells the waiting pods of others: what `helped_by` of a plugin may take, beside
/// `schedule::change<node_info>`, `arrived<node_info>` and `departed<node_info>`.

#include <berth/kube/schedule/infos.hpp>
#include <berth/object/any_object.hpp>

namespace berth::kube {

/// A pod has come to a node, or is another one than it was there.
struct pod_came {
    pod_info const& pod;
    pod_info const* before = nullptr; ///< what it was on its node before; null if it was not there
};

/// A pod has left its node, or its nomination.
struct pod_went {
    pod_info const& pod;
};

/// Whether those who look at the pods of nodes see another one.
[[nodiscard]] inline auto looks_different(pod_info const& a, pod_info const& b) -> bool {
    auto const& x = a.value->metadata;
    auto const& y = b.value->metadata;
    return a.spec().node_name != b.spec().node_name || x.labels != y.labels || x.deleting() != y.deleting();
}

/// An object of the catalogue has changed.
template <object::kind_type T> struct kind_changed {
    T const* before = nullptr; ///< null if it was not there
    T const* after = nullptr;  ///< null if it is not there any more

    /// Whether something is true of what it was, or of what it is.
    template <class Predicate> [[nodiscard]] auto either(Predicate holds) const -> bool {
        return (before != nullptr && holds(*before)) || (after != nullptr && holds(*after));
    }
    /// Whether it is there as before, but for its status.
    [[nodiscard]] auto is_status_only() const -> bool {
        return before != nullptr && after != nullptr && before->spec == after->spec &&
               before->metadata.labels == after->metadata.labels &&
               before->metadata.annotations == after->metadata.annotations;
    }
};

} // namespace berth::kube

#pragma once

/// \file
/// What sets have been: templates in controller revisions, how these are named, compared, put in order and
/// dropped (kubernetes 1.36, `pkg/controller/history`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/kube/apps/controller_revision/type.hpp>
#include <berth/kube/core/pod/spec.hpp>
#include <berth/reconcile/table.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// The label of pods, and of the revisions of daemon sets, that says of which revision they are.
inline constexpr std::string_view revision_hash_label = "controller-revision-hash";

/// The strategic merge patch that gives a set this template: `{"spec":{"template":{...}}}`, its members
/// sorted.
[[nodiscard]] BERTH_DECL auto template_patch(pod_template_spec const& t) -> std::string;

/// A short name for a patch and the number of collisions so far: 32-bit FNV-1, in letters that spell no
/// words.
[[nodiscard]] BERTH_DECL auto revision_hash(std::string_view patch, std::int32_t collisions) -> std::string;

/// The name of an owner's revision.
[[nodiscard]] BERTH_DECL auto revision_name(std::string_view owner, std::string_view hash) -> std::string;

/// The template `now` changed as a revision says. Errors: `bad_request` for data that is no patch of one.
[[nodiscard]] BERTH_DECL auto restored_template(pod_template_spec const& now, controller_revision const& r)
    -> result<pod_template_spec>;

/// Whether a revision is of a template, whose patch is `patch`: letter by letter, or by what it means once
/// defaults are filled in.
[[nodiscard]] BERTH_DECL auto is_revision_of(controller_revision const& r, std::string_view patch,
                                             pod_template_spec const& t) -> bool;

using seen_revisions = std::vector<reconcile::seen<controller_revision>>;

/// Sorts by number, then age, then name.
BERTH_DECL auto sort_revisions(seen_revisions& revisions) -> void;

/// The number after that of the last of sorted revisions.
[[nodiscard]] BERTH_DECL auto next_revision_number(seen_revisions const& sorted) -> std::int64_t;

/// The first `count` of sorted revisions that are not in use.
template <class InUse> [[nodiscard]] auto oldest_unused(seen_revisions const& sorted, std::ptrdiff_t count,
                                                        InUse in_use) -> seen_revisions {
    auto out = seen_revisions();
    for (auto const& r : sorted)
        if (std::ssize(out) < count && !r->metadata.deleting() && !in_use(*r)) out.push_back(r);
    return out;
}

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/controller_revision/history.ipp>
#endif

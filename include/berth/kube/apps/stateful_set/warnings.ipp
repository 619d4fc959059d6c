#pragma once

/// \file
/// The bodies of `berth/kube/apps/stateful_set/warnings.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/warnings.hpp>

namespace berth::kube {

BERTH_DECL auto warnings_of(stateful_set const& s, stateful_set const* before) -> warning_list {
    auto out = warning_list();
    if (before == nullptr || s.metadata.generation != before->metadata.generation)
        out = detail::warnings_of_template(s.spec.template_);
    auto const spec = api::field_path("spec");
    auto const claims = spec.child("volumeClaimTemplates");
    for (std::size_t i = 0; i < s.spec.volume_claim_templates.size(); ++i)
        detail::warn_of_claim(s.spec.volume_claim_templates[i].spec, claims.index(i), out);
    if (s.spec.revision_history_limit.value_or(0) < 0)
        out.emplace_back("spec.revisionHistoryLimit: a negative value retains all historical revisions; a "
                         "value >= 0 is recommended");
    return out;
}

} // namespace berth::kube

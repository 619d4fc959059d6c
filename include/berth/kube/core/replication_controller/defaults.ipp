#pragma once

/// \file
/// The bodies of `berth/kube/core/replication_controller/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/replication_controller/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(replication_controller& c) -> void {
    auto& s = c.spec;
    object::apply_defaults(s);
    if (!s.template_) return;
    auto const& labels = s.template_->metadata.labels;
    if (s.selector.empty()) s.selector = labels;
    if (c.metadata.labels.empty()) c.metadata.labels = labels;
    complete(s.template_->spec);
}

} // namespace berth::kube

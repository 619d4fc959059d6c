#pragma once

/// \file
/// The bodies of `berth/kube/meta/index_labels.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/meta/index_labels.hpp>

#include <algorithm>

namespace berth::kube {

BERTH_DECL auto names_index_label(object::selector const& s) -> bool {
    auto const& all = s.requirements();
    return std::any_of(all.begin(), all.end(), [](auto const& r) { return is_index_label(r.key); });
}

} // namespace berth::kube
